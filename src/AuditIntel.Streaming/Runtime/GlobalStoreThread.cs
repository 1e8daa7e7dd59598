using System.Diagnostics;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// Fills the global stores of an instance from all partitions of their topics: wholly before the stream threads start, and from then on as records
/// come. It is in no group, so every instance reads everything.
/// </summary>
internal sealed class GlobalStoreThread : IAsyncDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FillPatience = TimeSpan.FromMinutes(10);

    private readonly StreamsOptions _options;
    private readonly Dictionary<string, IStateStore> _byTopic = [];
    private readonly Dictionary<string, IStateStore> _stores = [];
    private readonly Action<Exception> _onFailed;
    private readonly CancellationTokenSource _stop = new();
    private BatchConsumer? _consumer;
    private Task _following = Task.CompletedTask;

    private GlobalStoreThread(IReadOnlyList<GlobalStore> stores, StreamsOptions options, Action<Exception> onFailed)
    {
        _options = options;
        _onFailed = onFailed;
        foreach (GlobalStore global in stores)
        {
            IStateStore store = global.Create();
            _byTopic.Add(global.Topic, store);
            _stores.Add(global.StoreName, store);
        }
    }

    public IReadOnlyDictionary<string, IStateStore> Stores => _stores;

    /// <summary>Returns when the stores hold everything that their topics held at the start.</summary>
    /// <exception cref="KafkaFailureException">The topics cannot be read.</exception>
    public static async Task<GlobalStoreThread> StartAsync(
        IReadOnlyList<GlobalStore> stores, StreamsOptions options, Action<Exception> onFailed, CancellationToken cancellationToken)
    {
        var thread = new GlobalStoreThread(stores, options, onFailed);
        if (stores.Count > 0)
        {
            using var admin = new TopicAdmin(options.Kafka, options.OnWarning);
            IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync(thread._byTopic.Keys, cancellationToken).ConfigureAwait(false);
            await Task.Run(() => thread.Fill(ranges, cancellationToken), cancellationToken).ConfigureAwait(false);
            thread._following = Task.Factory.StartNew(thread.Follow, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        return thread;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        _consumer?.Dispose();
        _stop.Dispose();
    }

    private void Fill(IReadOnlyList<OffsetRange> ranges, CancellationToken cancellationToken)
    {
        _consumer = BatchConsumer.Create(
            _options.Kafka, new BatchConsumerOptions { PrefetchKilobytes = _options.PrefetchKilobytes }, null, _options.OnWarning);
        _consumer.Assign([.. ranges.Select(range => new PartitionOffset(range.Partition, PartitionOffset.Beginning))]);
        long begin = Stopwatch.GetTimestamp();
        while (!ranges.All(range => _consumer.IsAtEnd(range.Partition) || _consumer.Position(range.Partition) >= range.End))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(begin) > FillPatience)
            {
                throw new TimeoutException($"The global stores could not be filled within {FillPatience}.");
            }

            Apply(_consumer.Poll(Turn));
        }
    }

    private void Follow()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                Apply(_consumer!.Poll(Turn));
            }
        }
        catch (Exception e)
        {
            _onFailed(e);
        }
    }

    private void Apply(RecordBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            ConsumedRecord record = batch[i];
            if (record.IsKeyNull)
            {
                continue;
            }

            try
            {
                _byTopic[record.Topic].Restore(record.Key, record.IsValueNull, record.Value, record.TimestampMs);
            }
            catch (Exception e) when (Answer(e, record))
            {
                StreamsMetrics.Dropped.Add(1);
            }
        }
    }

    /// <summary>A global store has no producer: a dead letter is passed over like anything that may go on.</summary>
    private bool Answer(Exception exception, in ConsumedRecord record) => _options.OnError(new ErrorContext
    {
        Stage = ErrorStage.Deserialize,
        Exception = exception,
        Topic = record.Topic,
        Partition = record.Partition,
        Offset = record.Offset,
        TimestampMs = record.TimestampMs,
        Key = record.Key.ToArray(),
        Value = record.IsValueNull ? null : record.Value.ToArray(),
        Headers = record.Headers(),
    }) is not ErrorResponse.FailResponse;
}
