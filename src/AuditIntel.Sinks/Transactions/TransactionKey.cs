using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Primary key of transactions, and of anomalies with their kind.</summary>
internal readonly record struct TransactionKey(HashValue Hash, long ChainId, long OccurredAtTicks, string Kind = "");
