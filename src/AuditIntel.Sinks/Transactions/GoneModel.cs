namespace AuditIntel.Sinks.Transactions;

/// <summary>A tombstone of the models topic.</summary>
internal sealed record GoneModel(string Id);
