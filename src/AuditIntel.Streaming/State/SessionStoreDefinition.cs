using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.State;

/// <summary>A store of sessions in memory.</summary>
internal sealed class SessionStoreDefinition<TKey, TValue>(string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, long retentionMs) : StoreDefinition(name)
    where TKey : notnull
{
    private readonly Dictionary<string, string> _config = RetainedChangelog.Config(retentionMs);

    public bool IsCached { get; init; }

    internal override IReadOnlyDictionary<string, string> ChangelogConfig => _config;

    internal override IStateStore Create(TaskContext context) => new SessionStore<TKey, TValue>(
        Name, context.ChangelogTopic(this), keySerde, valueSerde, SegmentLayout.Indexed(retentionMs), context, IsCached && context.IsCachingEnabled);
}
