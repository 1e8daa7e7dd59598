namespace AuditIntel.Streaming.Graph;

/// <summary>What a repartition topic is to be.</summary>
internal sealed record RepartitionRequest<TKey, TValue>
{
    /// <summary>Name of the topic before <c>-repartition</c>.</summary>
    public required string Prefix { get; init; }

    public required Func<ISerde<TKey>> KeySerde { get; init; }

    public required Func<ISerde<TValue>> ValueSerde { get; init; }

    public int? Partitions { get; init; }

    public Func<TKey?, TValue?, int>? Partitioner { get; init; }

    /// <summary>Whether records without key are of no use behind: an aggregation or an inner join.</summary>
    public bool DropsNullKeys { get; init; }
}
