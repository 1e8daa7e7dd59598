namespace AuditIntel.Topologies.Alerts;

/// <summary>When people are told, what, how often and where.</summary>
/// <param name="Id">Name of the rule; part of the alert's id.</param>
/// <param name="Title">What the title says.</param>
/// <param name="Condition">All that must hold.</param>
/// <param name="WindowMs">Event time within which alerts of one deduplication key are one, in milliseconds; 0 for none.</param>
/// <param name="Scope">What the deduplication key is made of.</param>
/// <param name="Channels">Names of channels.</param>
internal sealed record AlertRule(
    string Id, TitleTemplate Title, AlertCondition Condition, long WindowMs, AlertScope Scope, IReadOnlyList<string> Channels);
