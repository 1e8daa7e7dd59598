using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AuditIntel.Kafka;

/// <summary>Topics and offsets of a cluster, looked at and created. Safe for concurrent use.</summary>
public sealed class TopicAdmin : IDisposable
{
    private static readonly TimeSpan DefaultRequestTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan VisibilityTurn = TimeSpan.FromMilliseconds(50);

    private readonly IAdminClient _admin;
    private readonly ObserverPool _observers;
    private readonly TimeSpan _requestTimeout;
    private readonly TimeProvider _clock;

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <param name="kafka">The cluster.</param>
    /// <param name="onWarning">Hears of passing trouble, such as a broker that cannot be reached; may be called from any thread.</param>
    /// <param name="requestTimeout">Longest wait for one answer; null for 30 seconds.</param>
    /// <param name="clock">Time of the waits; null for the system's.</param>
    public TopicAdmin(KafkaOptions kafka, Action<string>? onWarning = null, TimeSpan? requestTimeout = null, TimeProvider? clock = null)
    {
        kafka.ThrowIfInvalid();
        LibrdkafkaLoader.EnsureLoaded();
        _requestTimeout = requestTimeout ?? DefaultRequestTimeout;
        _observers = new ObserverPool(kafka, _requestTimeout);
        _clock = clock ?? TimeProvider.System;
        _admin = KafkaOptions.Build(() => new AdminClientBuilder(kafka.Apply(new AdminClientConfig()))
            .SetErrorHandler((_, error) => onWarning?.Invoke(error.Reason))
            .SetLogHandler((_, log) =>
            {
                if (KafkaOptions.IsWorthAWarning(log))
                {
                    onWarning?.Invoke(log.Message);
                }
            })
            .Build());
    }

    /// <summary>
    /// Creates the topics that are missing, and returns when the cluster shows all of them. Settings of topics that are there already are
    /// left alone.
    /// </summary>
    /// <exception cref="ArgumentException">A topic has no possible name or no partitions.</exception>
    /// <exception cref="KafkaFailureException">A topic cannot be created, or is there with another number of partitions; all of them are named.</exception>
    public async Task EnsureTopicsAsync(IReadOnlyList<TopicSpec> topics, CancellationToken cancellationToken = default)
    {
        string[] errors = [.. topics.SelectMany(topic => topic.Validate())];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(topics));
        }

        IReadOnlyList<TopicSpec> missing = await MissingAsync(topics, cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0)
        {
            return;
        }

        await CreateAsync(missing, cancellationToken).ConfigureAwait(false);
        long begin = _clock.GetTimestamp();
        while ((missing = await MissingAsync(topics, cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            if (_clock.GetElapsedTime(begin) > _requestTimeout)
            {
                throw new KafkaFailureException($"Topic {missing[0].Name} was created but does not show after {_requestTimeout.TotalSeconds:0} s.", NativeMethods.TimedOut);
            }

            await Task.Delay(VisibilityTurn, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All topics that the client may see, internal ones included, by name.</summary>
    public Task<IReadOnlyList<TopicDescription>> ListTopicsAsync(CancellationToken cancellationToken = default) => Call<IReadOnlyList<TopicDescription>>(
        "Topics cannot be listed",
        () =>
        [
            .. _admin.GetMetadata(_requestTimeout).Topics
                .Where(topic => !topic.Error.IsError)
                .Select(topic => new TopicDescription(topic.Topic, topic.Partitions.Count))
                .OrderBy(topic => topic.Name, StringComparer.Ordinal),
        ],
        cancellationToken);

    /// <summary>
    /// Begin and end of every partition of the topics; topics that are not there have none. The end is the one of readers of committed
    /// records: an open transaction holds it back.
    /// </summary>
    /// <exception cref="KafkaFailureException">The cluster does not answer.</exception>
    public async Task<IReadOnlyList<OffsetRange>> OffsetsAsync(IEnumerable<string> topics, CancellationToken cancellationToken = default)
    {
        Dictionary<string, int> partitions = (await ListTopicsAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(topic => topic.Name, topic => topic.Partitions);
        PartitionId[] ids = [.. topics.SelectMany(name => Enumerable.Range(0, partitions.GetValueOrDefault(name)).Select(number => new PartitionId(name, number)))];
        return await Call<IReadOnlyList<OffsetRange>>(
            "Offsets cannot be read",
            () => _observers.Use(ObserverPool.NoGroup, consumer => Watermarks.Query(consumer, ids, _requestTimeout)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a group has committed, without joining it; <see cref="PartitionOffset.None"/> where it has nothing.</summary>
    /// <exception cref="KafkaFailureException">The group's coordinator does not answer.</exception>
    public Task<IReadOnlyList<PartitionOffset>> CommittedAsync(
        string group, IReadOnlyList<PartitionId> partitions, CancellationToken cancellationToken = default) => Call<IReadOnlyList<PartitionOffset>>(
        $"The offsets of group {group} cannot be read",
        () => _observers.Use(group, consumer => (IReadOnlyList<PartitionOffset>)
        [
            .. consumer.Committed(partitions.Select(id => new TopicPartition(id.Topic, id.Partition)), _requestTimeout)
                .Select(offset => new PartitionOffset(new PartitionId(offset.Topic, offset.Partition.Value), offset.Offset.Value)),
        ]),
        cancellationToken);

    /// <summary>The members of a consumer group and what they have; none for a group that does not exist.</summary>
    /// <exception cref="KafkaFailureException">The group's coordinator does not answer.</exception>
    public Task<IReadOnlyList<GroupMember>> MembersAsync(string group, CancellationToken cancellationToken = default) => Call<IReadOnlyList<GroupMember>>(
        $"The members of group {group} cannot be read",
        () => [.. (_admin.ListGroup(group, _requestTimeout)?.Members ?? []).Select(member => new GroupMember(member.ClientId, MemberAssignment.Read(member.MemberAssignment)))],
        cancellationToken);

    /// <summary>Makes the records before these offsets unreadable; a partition's offset may be <see cref="PartitionOffset.End"/>.</summary>
    /// <exception cref="KafkaFailureException">The broker refuses or does not answer.</exception>
    public async Task DeleteRecordsAsync(IReadOnlyList<PartitionOffset> before, CancellationToken cancellationToken = default)
    {
        try
        {
            await _admin.DeleteRecordsAsync(
                before.Select(offset => new TopicPartitionOffset(offset.Partition.Topic, offset.Partition.Partition, offset.Offset)),
                new DeleteRecordsOptions { RequestTimeout = _requestTimeout, OperationTimeout = _requestTimeout }).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DeleteRecordsException e)
        {
            throw new KafkaFailureException($"Records cannot be deleted: {e.Results.First(result => result.Error.IsError).Error.Reason}", e);
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"Records cannot be deleted: {e.Error.Reason}", e);
        }
    }

    /// <summary>Deletes topics and all they hold; missing ones are no error.</summary>
    public async Task DeleteTopicsAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken = default)
    {
        try
        {
            await _admin.DeleteTopicsAsync(topics, new DeleteTopicsOptions { RequestTimeout = _requestTimeout, OperationTimeout = _requestTimeout })
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
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"Topics cannot be deleted: {e.Error.Reason}", e);
        }
    }

    public void Dispose()
    {
        _observers.Dispose();
        _admin.Dispose();
    }

    /// <summary>The topics that the cluster does not show.</summary>
    private async Task<IReadOnlyList<TopicSpec>> MissingAsync(IReadOnlyList<TopicSpec> topics, CancellationToken cancellationToken)
    {
        Dictionary<string, int> present = (await ListTopicsAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(topic => topic.Name, topic => topic.Partitions);
        string[] differences =
        [
            .. from topic in topics
               let partitions = present.GetValueOrDefault(topic.Name, topic.Partitions)
               where partitions != topic.Partitions
               select $"topic {topic.Name} has {partitions} partitions where {topic.Partitions} are wanted",
        ];
        return differences.Length == 0
            ? [.. topics.Where(topic => !present.ContainsKey(topic.Name))]
            : throw new KafkaFailureException($"The cluster's topics are not those of the program: {string.Join("; ", differences)}. Delete them or change their partitions.", 0);
    }

    private async Task CreateAsync(IReadOnlyList<TopicSpec> topics, CancellationToken cancellationToken)
    {
        TopicSpecification[] specifications =
        [
            .. topics.Select(topic => new TopicSpecification
            {
                Name = topic.Name,
                NumPartitions = topic.Partitions,
                ReplicationFactor = topic.ReplicationFactor,
                Configs = topic.Config?.ToDictionary(),
            }),
        ];
        try
        {
            await _admin.CreateTopicsAsync(specifications, new CreateTopicsOptions { RequestTimeout = _requestTimeout, OperationTimeout = _requestTimeout })
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
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"Topics cannot be created: {e.Error.Reason}", e);
        }
    }

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
