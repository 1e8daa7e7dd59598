using System.Diagnostics.Metrics;
using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Observability;

/// <summary>The meter of one broker. What exists (logs, groups, transactions) is looked at only when somebody collects.</summary>
internal sealed class BrokerMetrics : IDisposable
{
    public const string MeterName = "AuditIntel.DevStack.Broker";

    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _faults;
    private readonly UpDownCounter<int> _connections;
    private readonly Histogram<double> _requests;
    private readonly KeyValuePair<string, object?>[] _apiTags = [.. Enumerable.Range(0, 128).Select(key => KeyValuePair.Create("api", (object?)((ApiKey)key).ToString()))];
    private BrokerState? _broker;

    /// <param name="scope">The data folder: tells the brokers of one process apart.</param>
    public BrokerMetrics(string scope)
    {
        _meter = new(new MeterOptions(MeterName) { Scope = scope });
        _received = _meter.CreateCounter<long>("broker.received", "By", "Bytes of requests.");
        _sent = _meter.CreateCounter<long>("broker.sent", "By", "Bytes of responses.");
        _faults = _meter.CreateCounter<long>("broker.connection.faults", "{connection}", "Connections closed for a fault of the client.");
        _connections = _meter.CreateUpDownCounter<int>("broker.connections", "{connection}", "Open connections.");
        _requests = _meter.CreateHistogram(
            "broker.request.duration",
            "s",
            "Time from the whole request to its response, waits of long polls and rebalances included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30] });
        _meter.CreateObservableGauge("broker.log.size", LogSizes, "By", "Bytes that a partition keeps.");
        _meter.CreateObservableCounter("broker.log.end", LogEnds, "{record}", "Offset of a partition's next record.");
        _meter.CreateObservableGauge("broker.log.start", LogStarts, "{record}", "First offset of a partition that can be read.");
        _meter.CreateObservableGauge("broker.log.undecided", Undecided, "{record}", "Records behind the last stable offset of a partition: they wait for the end of a transaction.");
        _meter.CreateObservableGauge("broker.groups", GroupStates, "{group}", "Consumer groups by state.");
        _meter.CreateObservableGauge("broker.group.lag", Lags, "{record}", "Records that a group has not committed yet, by partition.");
        _meter.CreateObservableGauge("broker.transactions", TransactionStates, "{transaction}", "Transactional ids by state.");
    }

    /// <summary>From now on there is something to look at.</summary>
    public void Watch(BrokerState broker) => _broker = broker;

    public void Received(int bytes) => _received.Add(bytes);

    public void Sent(int bytes) => _sent.Add(bytes);

    public void Faulted() => _faults.Add(1);

    public void Opened() => _connections.Add(1);

    public void Closed() => _connections.Add(-1);

    public void Answered(ApiKey api, TimeSpan duration)
    {
        if (_requests.Enabled)
        {
            _requests.Record(duration.TotalSeconds, _apiTags[(int)api]);
        }
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> LogSizes() => EachPartition((_, partition) => partition.Log.SizeBytes);

    private IEnumerable<Measurement<long>> LogEnds() => EachPartition((_, partition) => partition.Log.EndOffset);

    private IEnumerable<Measurement<long>> LogStarts() => EachPartition((_, partition) => partition.Log.StartOffset);

    private IEnumerable<Measurement<long>> Undecided() => EachPartition((_, partition) => partition.Log.EndOffset - partition.Log.LastStableOffset);

    private IEnumerable<Measurement<long>> EachPartition(Func<Topic, Partition, long> measure)
    {
        foreach (var topic in _broker?.Catalog.All ?? [])
        {
            foreach (var partition in topic.Partitions)
            {
                yield return new(measure(topic, partition), new("topic", topic.Name), new("partition", partition.Index));
            }
        }
    }

    private IEnumerable<Measurement<long>> GroupStates() => ByState(_broker?.Groups.All ?? [], group => group.State);

    private IEnumerable<Measurement<long>> TransactionStates() => ByState(_broker?.Transactions.All ?? [], transaction => transaction.State);

    private static IEnumerable<Measurement<long>> ByState<T, TState>(IEnumerable<T> all, Func<T, TState> state)
        where TState : struct, Enum
    {
        var counts = all.CountBy(state).ToDictionary();
        foreach (var each in Enum.GetValues<TState>())
        {
            yield return new(counts.GetValueOrDefault(each), KeyValuePair.Create("state", (object?)each.ToString()));
        }
    }

    private IEnumerable<Measurement<long>> Lags()
    {
        foreach (var group in _broker?.Groups.All ?? [])
        {
            foreach (var committed in group.CommittedPartitions())
            {
                if (_broker!.Catalog.Find(committed.Topic)?.Find(committed.Partition) is { } partition && group.Committed(committed, out _) is { } offset)
                {
                    yield return new(
                        Math.Max(0, partition.Log.EndOffset - offset.Offset),
                        new("group", group.Id),
                        new("topic", committed.Topic),
                        new("partition", committed.Partition));
                }
            }
        }
    }
}
