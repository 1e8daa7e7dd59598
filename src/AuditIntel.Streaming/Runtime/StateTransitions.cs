namespace AuditIntel.Streaming.Runtime;

/// <summary>Which state may follow which.</summary>
internal static class StateTransitions
{
    public static bool Allows(StreamsState from, StreamsState to) => (from, to) switch
    {
        (StreamsState.Created, StreamsState.Rebalancing or StreamsState.PendingShutdown) => true,
        (StreamsState.Rebalancing, StreamsState.Running or StreamsState.PendingShutdown or StreamsState.Error) => true,
        (StreamsState.Running, StreamsState.Rebalancing or StreamsState.PendingShutdown or StreamsState.Error) => true,
        (StreamsState.PendingShutdown, StreamsState.NotRunning or StreamsState.Error) => true,
        (StreamsState.Error, StreamsState.PendingShutdown) => true,
        _ => false,
    };
}
