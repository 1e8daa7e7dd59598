using AuditIntel.Intelligence.Transactions;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>An account of a chain; in bytes <c>chainId/0x...</c>, as in the keys of the topics.</summary>
internal readonly record struct AccountKey(long ChainId, AccountAddress Address);
