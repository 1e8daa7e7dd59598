using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Graph;

/// <summary>A store that every instance fills from all partitions of a topic.</summary>
/// <param name="Name">Name of the source node.</param>
/// <param name="Topic">Source topic, which is the store's changelog too.</param>
/// <param name="StoreName">Name of the store.</param>
/// <param name="Create">Makes the instance's store; its <see cref="IStateStore.Restore"/> takes the topic's records as they are.</param>
internal sealed record GlobalStore(string Name, string Topic, string StoreName, Func<IStateStore> Create);
