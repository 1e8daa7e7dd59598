namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// What the stream remembers of one account on one chain: about 200 bytes whatever its history. Its owner is the task that processes the account;
/// it is not safe for concurrent use. <see cref="AccountStateCodec"/> gives its bytes.
/// </summary>
public sealed class AccountState
{
    internal long FirstSeen;
    internal long LastSeen;
    internal long LastOut;
    internal long LastIn;

    internal ValueProfile Out;
    internal ValueProfile In;
    internal double OutEther;
    internal double InEther;
    internal float LastInValue;
    internal float LastOutValue;

    internal int RoundOut;
    internal int RoundIn;
    internal int EmptyOut;
    internal int EmptyIn;
    internal int Errors;
    internal int CallsOut;
    internal int CallsIn;
    internal int Creations;

    internal float CountHour;
    internal float CountDay;
    internal float CountWeek;
    internal float OutEtherDay;
    internal float InEtherDay;
    internal float InEtherWeek;

    internal float GasPriceMean;
    internal float NeighbourReach;

    internal LinearCounter FanOut;
    internal LinearCounter FanIn;

    /// <value>Time of its newest record, seconds since 1970: what was idle for longest may be forgotten first.</value>
    public long NewestRecord => LastSeen;

    /// <summary>Records seen in both directions.</summary>
    public int Count => Out.Count + In.Count;

    /// <summary>Adds a transaction that this account sent.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="relativePrice">log2 of its gas price over the recent median.</param>
    /// <param name="reach">log2(1 + records) of the receiver before this one.</param>
    internal void AddSent(in ChainTransaction transaction, double relativePrice, double reach)
    {
        Advance(transaction.Timestamp, reach);
        GasPriceMean += (float)((relativePrice - GasPriceMean) / (Out.Count + 1));
        LastOut = LastSeen;
        LastOutValue = (float)ValueProfile.Scale(transaction.ValueEther);
        Out.Add(LastOutValue);
        OutEther += transaction.ValueEther;
        OutEtherDay += (float)transaction.ValueEther;
        RoundOut += transaction.IsRound ? 1 : 0;
        EmptyOut += transaction.ValueEther == 0 ? 1 : 0;
        CallsOut += transaction.InputLength > 0 ? 1 : 0;
        Errors += transaction.IsError ? 1 : 0;
        Creations += transaction.CreatesContract ? 1 : 0;
        if (!transaction.To.IsNone)
        {
            FanOut.Add(transaction.To);
        }
    }

    /// <summary>Adds a transaction that this account received.</summary>
    internal void AddReceived(in ChainTransaction transaction, double reach)
    {
        Advance(transaction.Timestamp, reach);
        LastIn = LastSeen;
        LastInValue = (float)ValueProfile.Scale(transaction.ValueEther);
        In.Add(LastInValue);
        InEther += transaction.ValueEther;
        InEtherDay += (float)transaction.ValueEther;
        InEtherWeek += (float)transaction.ValueEther;
        RoundIn += transaction.IsRound ? 1 : 0;
        EmptyIn += transaction.ValueEther == 0 ? 1 : 0;
        CallsIn += transaction.InputLength > 0 ? 1 : 0;
        Errors += transaction.IsError ? 1 : 0;
        FanIn.Add(transaction.From);
    }

    // Time never runs backwards in a state: a late record counts as of the newest one seen.
    private void Advance(long timestamp, double reach)
    {
        if (Count == 0)
        {
            FirstSeen = LastSeen = timestamp;
        }

        double elapsed = Math.Max(0, timestamp - LastSeen);
        CountHour = (float)DecayedSum.After(CountHour, elapsed, DecayedSum.Hour) + 1;
        CountDay = (float)DecayedSum.After(CountDay, elapsed, DecayedSum.Day) + 1;
        CountWeek = (float)DecayedSum.After(CountWeek, elapsed, DecayedSum.Week) + 1;
        OutEtherDay = (float)DecayedSum.After(OutEtherDay, elapsed, DecayedSum.Day);
        InEtherDay = (float)DecayedSum.After(InEtherDay, elapsed, DecayedSum.Day);
        InEtherWeek = (float)DecayedSum.After(InEtherWeek, elapsed, DecayedSum.Week);
        NeighbourReach += (float)((reach - NeighbourReach) / (Count + 1));
        LastSeen = Math.Max(LastSeen, timestamp);
    }
}
