namespace AuditIntel.Streaming;

/// <summary>What a crash may do to the results.</summary>
public enum ProcessingGuarantee
{
    /// <summary>Outputs are acknowledged before the offsets of their inputs are committed: work may be repeated, nothing is lost.</summary>
    AtLeastOnce,

    /// <summary>
    /// Outputs, changes of stores and offsets of inputs are one Kafka transaction (exactly-once v2, KIP-447): readers of committed records see each
    /// result once. Needs Kafka 2.5 or later.
    /// </summary>
    ExactlyOnce,
}
