using AuditIntel.Intelligence.Transactions;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>Two accounts of a chain, in the direction of a transaction; in bytes <c>chainId/0x.../0x...</c>.</summary>
internal readonly record struct PairKey(long ChainId, AccountAddress From, AccountAddress To);
