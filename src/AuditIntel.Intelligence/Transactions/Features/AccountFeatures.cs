using AuditIntel.Intelligence.Transactions.State;

namespace AuditIntel.Intelligence.Transactions.Features;

/// <summary>
/// What an account's earlier records say, seen from the transaction at hand. The same numbers are taken of the sender and of the receiver.
/// Times that do not exist yet are -1.
/// </summary>
internal static class AccountFeatures
{
    private static readonly FeatureDefinition[] Template =
    [
        new("records", "log2(1 + n)", "records seen, both directions"),
        new("age", "log2(1 + hours)", "time since it was first seen"),
        new("idle", "log2(1 + s)", "time since its newest record"),
        new("since-out", "log2(1 + s)", "time since it last sent"),
        new("since-in", "log2(1 + s)", "time since it last received"),
        new("sent", "log2(1 + n)", "transactions sent"),
        new("received", "log2(1 + n)", "transactions received"),
        new("sent-share", "share", "sent of all records"),
        new("sent-value", "log2(1 + finney)", "value sent so far"),
        new("received-value", "log2(1 + finney)", "value received so far"),
        new("spent-share", "share", "value sent of value sent and received"),
        new("fan-out", "log2(1 + n)", "different receivers"),
        new("fan-in", "log2(1 + n)", "different senders"),
        new("fan-out-share", "share", "different receivers a transaction sent"),
        new("fan-in-share", "share", "different senders a transaction received"),
        new("rate-hour", "log2(1 + n)", "records in the last hour, decayed"),
        new("rate-day", "log2(1 + n)", "records in the last day, decayed"),
        new("rate-week", "log2(1 + n)", "records in the last week, decayed"),
        new("sent-day", "log2(1 + finney)", "value sent in the last day, decayed"),
        new("received-day", "log2(1 + finney)", "value received in the last day, decayed"),
        new("received-week", "log2(1 + finney)", "value received in the last week, decayed"),
        new("error-share", "share", "failed records"),
        new("round-out-share", "share", "round values of those sent"),
        new("round-in-share", "share", "round values of those received"),
        new("empty-out-share", "share", "values of zero of those sent"),
        new("empty-in-share", "share", "values of zero of those received"),
        new("calls-out-share", "share", "transactions sent that carry input"),
        new("calls-in-share", "share", "transactions received that carry input"),
        new("creations", "log2(1 + n)", "contracts created"),
        new("out-mean", "log2(1 + finney)", "mean value sent"),
        new("in-mean", "log2(1 + finney)", "mean value received"),
        new("out-spread", "log2", "standard deviation of values sent"),
        new("in-spread", "log2", "standard deviation of values received"),
        new("value-change", "deviations", "this value against its earlier ones in this direction"),
        new("value-repeat", "log2", "this value against the one before in this direction"),
        new("pass-through", "log2", "this value against the last one received"),
        new("price-habit", "log2(x median)", "mean of its own gas prices against the recent median"),
        new("neighbour-reach", "log2(1 + n)", "mean records of its counterparties when they met"),
        new("flagged", "0 or 1", "on a label list that the caller supplies"),
    ];

    public static int Count => Template.Length;

    public static IEnumerable<FeatureDefinition> Definitions(string role) => Template.Select(each => each with { Name = $"{role}.{each.Name}", Meaning = $"{role}: {each.Meaning}" });

    public static void Write(AccountState? state, in ChainTransaction transaction, bool sends, bool flagged, Span<float> to)
    {
        if (state is null)
        {
            to.Clear();
            to[2] = to[3] = to[4] = -1;
            to[^1] = flagged ? 1 : 0;
            return;
        }

        double now = Math.Max(transaction.Timestamp, state.LastSeen);
        double idle = now - state.LastSeen;
        double value = ValueProfile.Scale(transaction.ValueEther);
        int sent = state.Out.Count;
        int received = state.In.Count;
        double fanOut = state.FanOut.Estimate();
        double fanIn = state.FanIn.Estimate();
        ref readonly ValueProfile profile = ref sends ? ref state.Out : ref state.In;
        double spread = Math.Max(0.5, profile.Deviation);
        int i = 0;
        to[i++] = Log(state.Count);
        to[i++] = Log((now - state.FirstSeen) / 3600);
        to[i++] = Log(idle);
        to[i++] = sent == 0 ? -1 : Log(now - state.LastOut);
        to[i++] = received == 0 ? -1 : Log(now - state.LastIn);
        to[i++] = Log(sent);
        to[i++] = Log(received);
        to[i++] = Share(sent, state.Count);
        to[i++] = (float)ValueProfile.Scale(state.OutEther);
        to[i++] = (float)ValueProfile.Scale(state.InEther);
        to[i++] = Share(state.OutEther, state.OutEther + state.InEther);
        to[i++] = Log(fanOut);
        to[i++] = Log(fanIn);
        to[i++] = Math.Min(1, Share(fanOut, sent));
        to[i++] = Math.Min(1, Share(fanIn, received));
        to[i++] = Log(DecayedSum.After(state.CountHour, idle, DecayedSum.Hour));
        to[i++] = Log(DecayedSum.After(state.CountDay, idle, DecayedSum.Day));
        to[i++] = Log(DecayedSum.After(state.CountWeek, idle, DecayedSum.Week));
        to[i++] = (float)ValueProfile.Scale(DecayedSum.After(state.OutEtherDay, idle, DecayedSum.Day));
        to[i++] = (float)ValueProfile.Scale(DecayedSum.After(state.InEtherDay, idle, DecayedSum.Day));
        to[i++] = (float)ValueProfile.Scale(DecayedSum.After(state.InEtherWeek, idle, DecayedSum.Week));
        to[i++] = Share(state.Errors, state.Count);
        to[i++] = Share(state.RoundOut, sent);
        to[i++] = Share(state.RoundIn, received);
        to[i++] = Share(state.EmptyOut, sent);
        to[i++] = Share(state.EmptyIn, received);
        to[i++] = Share(state.CallsOut, sent);
        to[i++] = Share(state.CallsIn, received);
        to[i++] = Log(state.Creations);
        to[i++] = state.Out.Mean;
        to[i++] = state.In.Mean;
        to[i++] = (float)state.Out.Deviation;
        to[i++] = (float)state.In.Deviation;
        to[i++] = profile.Count == 0 ? 0 : (float)((value - profile.Mean) / spread);
        to[i++] = profile.Count == 0 ? 0 : (float)(value - (sends ? state.LastOutValue : state.LastInValue));
        to[i++] = received == 0 ? 0 : (float)(value - state.LastInValue);
        to[i++] = state.GasPriceMean;
        to[i++] = state.NeighbourReach;
        to[i] = flagged ? 1 : 0;
    }

    private static float Log(double amount) => (float)Math.Log2(1 + Math.Max(0, amount));

    private static float Share(double part, double whole) => whole > 0 ? (float)(part / whole) : 0;
}
