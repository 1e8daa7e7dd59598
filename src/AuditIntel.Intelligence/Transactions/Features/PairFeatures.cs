using AuditIntel.Intelligence.Transactions.State;

namespace AuditIntel.Intelligence.Transactions.Features;

/// <summary>What is known of the two accounts together.</summary>
internal static class PairFeatures
{
    public static readonly FeatureDefinition[] Definitions =
    [
        new("pair.records", "log2(1 + n)", "earlier transactions from this sender to this receiver"),
        new("pair.since", "log2(1 + s)", "time since the newest of them; -1 for a new counterparty"),
        new("pair.value", "log2(1 + finney)", "value of them together"),
        new("pair.returned", "log2(1 + n)", "earlier transactions the other way"),
        new("pair.new-sender", "0 or 1", "the sender is seen for the first time"),
        new("pair.new-receiver", "0 or 1", "the receiver is seen for the first time"),
        new("pair.self", "0 or 1", "sender and receiver are one"),
        new("pair.reach-step", "log2", "records of the receiver over those of the sender"),
    ];

    public static void Write(in ChainTransaction transaction, in PairState pair, in PairState back, AccountState? sender, AccountState? receiver, Span<float> to)
    {
        int i = 0;
        to[i++] = (float)Math.Log2(1 + pair.Count);
        to[i++] = pair.Count == 0 ? -1 : (float)Math.Log2(1 + Math.Max(0, transaction.Timestamp - pair.LastSeen));
        to[i++] = (float)ValueProfile.Scale(pair.Ether);
        to[i++] = (float)Math.Log2(1 + back.Count);
        to[i++] = sender is null ? 1 : 0;
        to[i++] = receiver is null ? 1 : 0;
        to[i++] = transaction.From == transaction.To ? 1 : 0;
        to[i] = (float)(Reach(receiver) - Reach(sender));
    }

    /// <summary>log2(1 + records) of an account.</summary>
    public static double Reach(AccountState? state) => state is null ? 0 : Math.Log2(1 + state.Count);
}
