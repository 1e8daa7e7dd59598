using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Transactions;

/// <summary>A scored transaction, and whose anomaly it would be.</summary>
internal sealed record TransactionJudgement(ScoredTransaction Transaction, bool IsAboutReceiver);
