namespace AuditIntel.Topologies.Transactions.State;

/// <summary>How much one task may remember. At the limits it takes about 300 MiB.</summary>
internal sealed record StateLimits(int Accounts, int Pairs, int Transactions);
