using AuditIntel.Avro;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>A <see cref="SinkWriter"/> on a database, fed without a broker: partition 0 of topic "t".</summary>
internal sealed class WriterHarness : IAsyncDisposable
{
    private readonly SinkBatch _batch = new();
    private readonly ISinkContent _content;
    private long _next;

    public WriterHarness(TestDatabase database, string sinkName = "test-sink", ISinkContent? content = null)
    {
        var options = new PostgresFindingsSinkOptions
        {
            Kafka = new KafkaOptions { BootstrapServers = "127.0.0.1:1" },
            SchemaRegistry = new Uri("http://127.0.0.1:1"),
            ConnectionString = database.ConnectionString,
            SinkName = sinkName,
            CommandTimeout = TimeSpan.FromSeconds(10),
        };
        _content = content ?? new FindingsContent(new SchemaRegistryClient(options.SchemaRegistry), []);
        Writer = new SinkWriter(options, _content, Counters, TimeProvider.System);
    }

    public SinkCounters Counters { get; } = new();

    public SinkWriter Writer { get; }

    /// <summary>Reads the stored offset as a sink does when it gets the partition.</summary>
    public async Task PlaceAsync() => _next = (await Writer.RegisterAsync([("t", 0, 0)], CancellationToken.None))[("t", 0)];

    /// <summary>Writes a batch of these records that follows the last one.</summary>
    public Task<WriteOutcome> WriteAsync(params object[] records)
    {
        _batch.Clear();
        _batch.Cover("t", 0, _next, _next + records.Length, 0);
        foreach (var record in records)
        {
            _batch.Add(_content.Keep(record), "t", 0, _next++, "key"u8, "payload"u8);
        }

        return WriteAgainAsync();
    }

    /// <summary>Another attempt with the last batch.</summary>
    public Task<WriteOutcome> WriteAgainAsync() => Writer.WriteAsync(_batch, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        _batch.Dispose();
        (_content as IDisposable)?.Dispose();
    }
}
