namespace AuditIntel.Topologies.Alerts;

/// <summary>What alerts of a rule are counted as one by.</summary>
internal enum AlertScope
{
    /// <summary>The address that the alert is about.</summary>
    Address,

    /// <summary>The transaction.</summary>
    Transaction,

    /// <summary>The rule on that chain, whatever the address.</summary>
    Rule,
}
