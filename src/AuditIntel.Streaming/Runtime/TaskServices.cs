using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>What a task needs from its thread and instance.</summary>
internal sealed record TaskServices
{
    public required string ApplicationId { get; init; }

    public required IRecordCollector Collector { get; init; }

    public required Func<ErrorContext, ErrorResponse> OnError { get; init; }

    public CacheBudget Cache { get; init; } = CacheBudget.Disabled;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Global stores of the instance by name.</summary>
    public IReadOnlyDictionary<string, IStateStore> GlobalStores { get; init; } = new Dictionary<string, IStateStore>();
}
