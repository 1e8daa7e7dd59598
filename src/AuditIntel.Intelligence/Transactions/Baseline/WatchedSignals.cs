using System.Collections.Immutable;

namespace AuditIntel.Intelligence.Transactions.Baseline;

/// <summary>
/// What is watched without labels by default. Chosen by forward selection on the accounts of the training part alone (README, "How the signals were
/// chosen"); each says something that an analyst would look at as well.
/// </summary>
public static class WatchedSignals
{
    public static ImmutableArray<Signal> Default { get; } =
    [
        new("sender.sent-value", Direction.Low),
        new("sender.out-mean", Direction.Low),
        new("sender.neighbour-reach", Direction.Low),
        new("sender.empty-in-share", Direction.High),
        new("receiver.age", Direction.Low),
        new("receiver.fan-in", Direction.High),
        new("receiver.round-in-share", Direction.Both),
        new("pair.new-sender", Direction.High),
        new("tx.gas-price", Direction.Both),
    ];
}
