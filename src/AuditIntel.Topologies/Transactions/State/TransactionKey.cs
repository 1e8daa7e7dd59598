using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>A transaction of a chain; in bytes <c>chainId/0x...</c>.</summary>
internal readonly record struct TransactionKey(long ChainId, HashValue Hash);
