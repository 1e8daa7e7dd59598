using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AuditIntel.Kafka;
using AuditIntel.Processes;
using AuditIntel.Soak.Tests.Broker;
using Xunit.Abstractions;

namespace AuditIntel.Soak.Tests.Streaming;

/// <summary>
/// A counting and joining topology on one to three processes, which are killed, paused beyond their session, stopped and started, while the broker is
/// killed and restarted. The committed output must equal the reference record for record.
/// </summary>
public sealed class ExactlyOnceUnderFireTests(ITestOutputHelper output) : IDisposable
{
    private const int RecordsARound = 20_000;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-fire-").FullName;
    private readonly List<WorkerProcess> _workers = [];
    private readonly Random _random = new(20261121);
    private readonly Dictionary<string, int> _done = [];
    private int _started;

    public void Dispose()
    {
        _workers.ForEach(worker => worker.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Output_ShouldEqualTheReference_WhateverIsKilledPausedOrScaled()
    {
        int rounds = SoakSettings.Rounds(whole: 50, shortened: 5);
        await using var broker = new BrokerProcess(Path.Combine(_folder, "broker"));
        await broker.StartAsync(CancellationToken.None);
        KafkaOptions kafka = SoakClients.On(broker.BootstrapServers);
        await PrepareAsync(kafka);

        using var audit = new OutputAudit(kafka);
        List<TimeSpan> recoveries = [];
        Add(broker);
        for (int round = 0; round < rounds; round++)
        {
            Produce(kafka, (long)round * RecordsARound);
            await Task.Delay(_random.Next(400));
            long begin = Stopwatch.GetTimestamp();
            await DisturbAsync(round, broker);
            audit.ReadTo((round + 1L) * RecordsARound, Timeout, Explain);
            recoveries.Add(Stopwatch.GetElapsedTime(begin));
        }

        audit.ExpectNothingMore(TimeSpan.FromSeconds(2));
        var report = new SoakReport("streaming-exactly-once");
        report.Add($"exactly-once under fire: {rounds} rounds, {audit.ByKey:N0} joined and counted records, {audit.ByColour:N0} counted again after a repartition");
        report.Add($"every committed record equals the reference; what happened: {string.Join(", ", _done.Select(each => $"{each.Key} {each.Value}"))}");
        report.Add("from the disturbance to the last committed record of the round", recoveries);
        output.WriteLine(File.ReadAllText(report.Save()));
    }

    /// <summary>One of six things, in turn; the number of processes goes 1, 3, 2, and again.</summary>
    private async Task DisturbAsync(int round, BrokerProcess broker)
    {
        switch (round % 6)
        {
            case 0:
                Note("scaled to three");
                while (_workers.Count < 3)
                {
                    Add(broker);
                }

                break;
            case 1:
                Note("killed");
                WorkerProcess victim = Any();
                victim.Kill();
                Remove(victim);
                Add(broker, victim.StateFolder);
                break;
            case 2:
                Note("paused beyond its session");
                WorkerProcess paused = Any();
                paused.Pause();
                await Task.Delay(WorkerProgram.SessionTimeout + TimeSpan.FromSeconds(2));
                paused.Continue();
                break;
            case 3:
                Note("broker killed");
                await broker.KillAsync();
                await broker.StartAsync(CancellationToken.None);
                break;
            case 4:
                Note("scaled to two");
                StopOne();
                break;
            default:
                Note("scaled to one");
                StopOne();
                break;
        }
    }

    private void StopOne()
    {
        if (_workers.Count > 1)
        {
            WorkerProcess leaving = Any();
            leaving.Stop();
            Remove(leaving);
        }
    }

    private void Add(BrokerProcess broker, string? stateFolder = null) => _workers.Add(WorkerProcess.Start(
        broker.BootstrapServers, stateFolder ?? Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"state-{_started++}"))));

    private void Remove(WorkerProcess worker)
    {
        _workers.Remove(worker);
        worker.Dispose();
    }

    private WorkerProcess Any() => _workers[_random.Next(_workers.Count)];

    private void Note(string what) => _done[what] = _done.GetValueOrDefault(what) + 1;

    private string Explain() => string.Join("\n---\n", _workers.Select(worker => $"{(worker.HasExited ? "ended" : "runs")}:\n{worker.Said}"));

    private static async Task PrepareAsync(KafkaOptions kafka)
    {
        using var admin = new TopicAdmin(kafka);
        await admin.EnsureTopicsAsync(
        [
            .. ((string[])[FireTopology.Numbers, FireTopology.ByKey, FireTopology.ByColour]).Select(topic => new TopicSpec(topic, FireTopology.Partitions)),
            new TopicSpec(FireTopology.Palette, FireTopology.Partitions, new Dictionary<string, string> { ["cleanup.policy"] = "compact" }),
        ]);
        using BatchProducer producer = BatchProducer.Create(kafka);
        TopicHandle palette = producer.Topic(FireTopology.Palette);
        for (int key = 0; key < FireTopology.Keys; key++)
        {
            producer.Produce(
                palette, BatchProducer.AnyPartition, Encoding.UTF8.GetBytes(FireTopology.KeyOf(key)), Encoding.UTF8.GetBytes(FireTopology.ColourOf(key)), timestampMs: 1);
        }

        producer.Flush(Timeout);
    }

    private static void Produce(KafkaOptions kafka, long from)
    {
        using BatchProducer producer = BatchProducer.Create(kafka);
        TopicHandle numbers = producer.Topic(FireTopology.Numbers);
        Span<byte> value = stackalloc byte[sizeof(long)];
        for (long number = from; number < from + RecordsARound; number++)
        {
            BinaryPrimitives.WriteInt64BigEndian(value, number);
            producer.Produce(numbers, BatchProducer.AnyPartition, Encoding.UTF8.GetBytes(FireTopology.KeyOf(number)), value);
        }

        producer.Flush(Timeout);
    }
}
