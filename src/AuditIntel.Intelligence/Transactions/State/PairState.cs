namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>What the stream remembers of transactions from one account to another, in this direction.</summary>
/// <param name="Count">Transactions so far.</param>
/// <param name="LastSeen">Time of the newest, seconds since 1970.</param>
/// <param name="Ether">Sum of their values.</param>
public readonly record struct PairState(int Count, long LastSeen, double Ether)
{
    internal PairState Add(in ChainTransaction transaction) =>
        new(Count + 1, Math.Max(LastSeen, transaction.Timestamp), Ether + transaction.ValueEther);
}
