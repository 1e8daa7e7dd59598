using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Runtime;

/// <summary>Deletes what the topology has read of its repartition topics (as Kafka Streams' repartition.purge.interval.ms does): nobody else needs it.</summary>
internal sealed class RepartitionPurge : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly StreamsOptions _options;
    private readonly PartitionId[] _partitions;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="topology">What runs.</param>
    /// <param name="options">Of the instance.</param>
    /// <param name="partitions">Number of partitions of every source topic.</param>
    public RepartitionPurge(Topology topology, StreamsOptions options, IReadOnlyDictionary<string, int> partitions)
    {
        _options = options;
        _partitions =
        [
            .. topology.RepartitionTopics.Select(topic => topic.FullName(options.ApplicationId))
                .SelectMany(topic => Enumerable.Range(0, partitions[topic]).Select(partition => new PartitionId(topic, partition))),
        ];
        _running = _partitions.Length > 0 ? RunAsync() : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var admin = new TopicAdmin(_options.Kafka, _options.OnWarning);
        using var timer = new PeriodicTimer(Interval, _options.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await PurgeAsync(admin).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The instance stops.
        }
    }

    private async Task PurgeAsync(TopicAdmin admin)
    {
        try
        {
            IReadOnlyList<PartitionOffset> committed = await admin.CommittedAsync(_options.ApplicationId, _partitions, _stop.Token).ConfigureAwait(false);
            PartitionOffset[] read = [.. committed.Where(offset => offset.Offset > 0)];
            if (read.Length > 0)
            {
                await admin.DeleteRecordsAsync(read, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (KafkaFailureException e)
        {
            _options.OnWarning?.Invoke($"What was read of repartition topics is deleted later: {e.Message}");
        }
    }
}
