using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AuditIntel.Kafka;

/// <summary>Topics and offsets of a cluster, looked at and created. Safe for concurrent use.</summary>
public sealed class TopicAdmin : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly KafkaOptions _kafka;
    private readonly IAdminClient _admin;

    public TopicAdmin(KafkaOptions kafka, Action<string>? onWarning = null)
    {
        kafka.ThrowIfInvalid();
        LibrdkafkaLoader.EnsureLoaded();
        _kafka = kafka;
        _admin = new AdminClientBuilder(kafka.Apply(new AdminClientConfig()))
            .SetErrorHandler((_, error) => onWarning?.Invoke(error.Reason))
            .SetLogHandler((_, log) =>
            {
                if (log.Level <= SyslogLevel.Warning)
                {
                    onWarning?.Invoke(log.Message);
                }
            })
            .Build();
    }

    /// <summary>Creates the topics that are missing.</summary>
    /// <exception cref="KafkaFailureException">A topic cannot be created, or is there with another number of partitions.</exception>
    public async Task EnsureTopicsAsync(IReadOnlyList<TopicSpec> topics, CancellationToken cancellationToken = default)
    {
        Dictionary<string, int> present = (await ListTopicsAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(topic => topic.Name, topic => topic.Partitions);
        var missing = new List<TopicSpecification>();
        foreach (TopicSpec topic in topics)
        {
            if (!present.TryGetValue(topic.Name, out int partitions))
            {
                missing.Add(new TopicSpecification
                {
                    Name = topic.Name,
                    NumPartitions = topic.Partitions,
                    ReplicationFactor = topic.ReplicationFactor,
                    Configs = topic.Config?.ToDictionary(),
                });
            }
            else if (partitions != topic.Partitions)
            {
                throw new KafkaFailureException($"Topic {topic.Name} has {partitions} partitions where {topic.Partitions} are wanted; delete it or change its partitions.", 0);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            await _admin.CreateTopicsAsync(missing, new CreateTopicsOptions { RequestTimeout = RequestTimeout, OperationTimeout = RequestTimeout })
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CreateTopicsException e)
        {
            // Another program may have been quicker.
            CreateTopicReport[] refused = [.. e.Results.Where(result => result.Error.IsError && result.Error.Code != ErrorCode.TopicAlreadyExists)];
            if (refused.Length > 0)
            {
                throw new KafkaFailureException($"Topic {refused[0].Topic} cannot be created: {refused[0].Error.Reason}", e);
            }
        }
    }

    /// <summary>All topics that the client may see, internal ones included, by name.</summary>
    public Task<IReadOnlyList<TopicDescription>> ListTopicsAsync(CancellationToken cancellationToken = default) => Call<IReadOnlyList<TopicDescription>>(
        "Topics cannot be listed",
        () =>
        [
            .. _admin.GetMetadata(RequestTimeout).Topics
                .Where(topic => !topic.Error.IsError)
                .Select(topic => new TopicDescription(topic.Topic, topic.Partitions.Count))
                .OrderBy(topic => topic.Name, StringComparer.Ordinal),
        ],
        cancellationToken);

    /// <summary>Begin and end of every partition of the topics.</summary>
    public async Task<IReadOnlyList<OffsetRange>> OffsetsAsync(IEnumerable<string> topics, CancellationToken cancellationToken = default)
    {
        Dictionary<string, int> partitions = (await ListTopicsAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(topic => topic.Name, topic => topic.Partitions);
        string[] names = [.. topics];
        return await Call<IReadOnlyList<OffsetRange>>(
            "Offsets cannot be read",
            () =>
            {
                using IConsumer<byte[], byte[]> consumer = Consumer("auditintel-unused");
                return
                [
                    .. from name in names
                       from partition in Enumerable.Range(0, partitions.GetValueOrDefault(name))
                       let offsets = consumer.QueryWatermarkOffsets(new TopicPartition(name, partition), RequestTimeout)
                       select new OffsetRange(new PartitionId(name, partition), offsets.Low.Value, offsets.High.Value),
                ];
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a group has committed, without joining it; <see cref="PartitionOffset.None"/> where it has nothing.</summary>
    public Task<IReadOnlyList<PartitionOffset>> CommittedAsync(
        string group, IReadOnlyList<PartitionId> partitions, CancellationToken cancellationToken = default) => Call<IReadOnlyList<PartitionOffset>>(
        $"The offsets of group {group} cannot be read",
        () =>
        {
            using IConsumer<byte[], byte[]> consumer = Consumer(group);
            return
            [
                .. consumer.Committed(partitions.Select(id => new TopicPartition(id.Topic, id.Partition)), RequestTimeout)
                    .Select(offset => new PartitionOffset(new PartitionId(offset.Topic, offset.Partition.Value), offset.Offset.Value)),
            ];
        },
        cancellationToken);

    /// <summary>Deletes topics and all they hold; missing ones are no error.</summary>
    public async Task DeleteTopicsAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken = default)
    {
        try
        {
            await _admin.DeleteTopicsAsync(topics, new DeleteTopicsOptions { RequestTimeout = RequestTimeout, OperationTimeout = RequestTimeout })
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DeleteTopicsException e)
        {
            DeleteTopicReport[] refused = [.. e.Results.Where(result => result.Error.IsError && result.Error.Code != ErrorCode.UnknownTopicOrPart)];
            if (refused.Length > 0)
            {
                throw new KafkaFailureException($"Topic {refused[0].Topic} cannot be deleted: {refused[0].Error.Reason}", e);
            }
        }
    }

    public void Dispose() => _admin.Dispose();

    private IConsumer<byte[], byte[]> Consumer(string group) => new ConsumerBuilder<byte[], byte[]>(_kafka.Apply(new ConsumerConfig
    {
        GroupId = group,
        EnableAutoCommit = false,
        IsolationLevel = IsolationLevel.ReadCommitted,
    })).SetLogHandler((_, _) => { }).Build();

    /// <summary>The client's blocking calls have a timeout of their own; a thread of the pool waits for them.</summary>
    private static async Task<T> Call<T>(string failure, Func<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(call, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"{failure}: {e.Error.Reason}", e);
        }
    }
}
