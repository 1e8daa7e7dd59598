using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>A store of windows in memory.</summary>
internal sealed class WindowStoreDefinition<TKey, TValue>(
    string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, SegmentLayout layout, long windowSizeMs) : StoreDefinition(name)
    where TKey : notnull
{
    private readonly Dictionary<string, string> _config = RetainedChangelog.Config(layout.RetentionMs);

    public bool IsCached { get; init; }

    /// <summary>Whether records of one key and time stand beside each other, as the two sides of a join need it.</summary>
    public bool RetainsDuplicates { get; init; }

    internal override IReadOnlyDictionary<string, string> ChangelogConfig => _config;

    internal override IStateStore Create(TaskContext context) => new WindowStore<TKey, TValue>(
        Name, context.ChangelogTopic(this), keySerde, valueSerde, layout, windowSizeMs, RetainsDuplicates, context, IsCached && context.IsCachingEnabled);
}
