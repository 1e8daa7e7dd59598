using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class ObservabilityTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Event, Dictionary<string, object?> Fields)> _events = [];
    private readonly TempFolder _folder = new();
    private EmbeddedBroker _broker = null!;

    public async Task InitializeAsync() =>
        _broker = await EmbeddedBroker.StartAsync(new() { DataDirectory = _folder.Path, Log = new Listener(_events) });

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Log_ShouldHoldEventsWithFields()
    {
        using var client = new RawClient(_broker.Port);
        client.Call<CreateTopicsRequest, CreateTopicsResponse>(
            ApiKey.CreateTopics, 5, new() { Topics = [new() { Name = "t", NumPartitions = 3, ReplicationFactor = 1 }], TimeoutMs = 1000 });
        client.Call<DeleteTopicsRequest, DeleteTopicsResponse>(ApiKey.DeleteTopics, 4, new() { TopicNames = ["t"], TimeoutMs = 1000 });
        Assert.Contains(_events, e => e.Event == nameof(BrokerEvents.Started) && e.Fields["Partitions"] is 0);
        Assert.Contains(_events, e => e.Event == nameof(BrokerEvents.TopicCreated) && e.Fields["Topic"] is "t" && e.Fields["Partitions"] is 3);
        Assert.Contains(_events, e => e.Event == nameof(BrokerEvents.TopicDeleted) && e.Fields["Topic"] is "t");
    }

    [Fact]
    public void Metrics_ShouldTellRequestsAndLogs()
    {
        var values = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == BrokerMetrics.MeterName && _folder.Path.Equals(instrument.Meter.Scope))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => values.AddOrUpdate(Series(instrument, tags), 1, (_, count) => count + 1));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => values[Series(instrument, tags)] = value);
        listener.Start();
        using var client = new RawClient(_broker.Port);
        client.Call<CreateTopicsRequest, CreateTopicsResponse>(
            ApiKey.CreateTopics, 5, new() { Topics = [new() { Name = "measured", NumPartitions = 1, ReplicationFactor = 1 }], TimeoutMs = 1000 });
        client.Call<ProduceRequest, ProduceResponse>(ApiKey.Produce, 7, new()
        {
            Acks = -1,
            TimeoutMs = 1000,
            TopicData = [new() { Name = "measured", PartitionData = [new() { Records = RecordsPayload.From(Batches.Of("a", "b")) }] }],
        });
        listener.RecordObservableInstruments();
        Assert.Equal(1, values["broker.request.duration Produce"]);
        Assert.Equal(2, values["broker.log.end measured 0"]);
    }

    private static string Series(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var (_, value) in tags)
        {
            name += $" {value}";
        }

        return name;
    }

    private sealed class Listener(ConcurrentQueue<(string Event, Dictionary<string, object?> Fields)> events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            events.Enqueue((eventId.Name!, ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary()));
    }
}
