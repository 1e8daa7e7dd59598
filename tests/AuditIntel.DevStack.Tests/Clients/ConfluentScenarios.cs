using System.Text;
using Confluent.Kafka;
using static AuditIntel.DevStack.Tests.Clients.ConfluentCluster;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>
/// What Confluent.Kafka does in those scenarios that librdkafka's mock cluster can play as well. Each gives back all that it observed, so
/// that two clusters can be compared; what Apache Kafka promises in any case is asserted on the way.
/// </summary>
internal static class ConfluentScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<List<string>> CompressionAsync(ConfluentCluster cluster)
    {
        List<string> observed = [];
        foreach (var compression in Enum.GetValues<CompressionType>())
        {
            var topic = $"{compression}";
            await cluster.CreateAsync(topic);
            using var producer = cluster.Producer(c => c.CompressionType = compression);
            for (var i = 0; i < 200; i++)
            {
                Headers headers = [new Header("number", Encoding.UTF8.GetBytes($"{i}"))];
                producer.Produce(
                    new TopicPartition(topic, i % 4),
                    new() { Key = $"k{i}", Value = $"{string.Concat(Enumerable.Repeat("value ", 20))}{i}", Headers = headers },
                    r => Assert.False(r.Error.IsError, r.Error.Reason));
            }

            Assert.Equal(0, producer.Flush(Patience));
            using var consumer = cluster.Consumer($"reader-{topic}");
            consumer.Assign(Enumerable.Range(0, 4).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
            var records = Take(consumer, 200);
            Assert.Equal(
                Enumerable.Range(0, 200).Select(i => $"{i}").Order(),
                records.Select(r => Encoding.UTF8.GetString(r.Message.Headers.GetLastBytes("number"))).Order());
            observed.AddRange(records.Select(Describe).Order());
        }

        return observed;
    }

    public static async Task<List<string>> OffsetsAsync(ConfluentCluster cluster)
    {
        await cluster.CreateAsync("t");
        using var producer = cluster.Producer();
        Send(producer, new("t", 1), 0, 20);
        using var consumer = cluster.Consumer("reader");
        consumer.Assign(new TopicPartitionOffset("t", 1, 7));
        var records = Take(consumer, 13);
        consumer.Seek(new("t", 1, 15));
        records.AddRange(Take(consumer, 5));
        Assert.Equal(Enumerable.Range(7, 13).Concat(Enumerable.Range(15, 5)).Select(i => $"v{i}"), records.Select(r => r.Message.Value));

        var written = consumer.QueryWatermarkOffsets(new("t", 1), Patience);
        var empty = consumer.QueryWatermarkOffsets(new("t", 0), Patience);
        return [.. records.Select(Describe), $"written {written}", $"empty {empty}", $"position {consumer.Position(new("t", 1))}"];
    }

    public static async Task<List<string>> GroupAsync(ConfluentCluster cluster)
    {
        await cluster.CreateAsync("t");
        using var producer = cluster.Producer();
        List<string> seen = [];
        Dictionary<string, int> shares = [];
        List<string> observed = [];
        using var first = cluster.Consumer("g");
        first.Subscribe("t");
        Eventually(() => Poll(first) && first.Assignment.Count == 4, "one member has all four partitions");
        observed.Add($"alone: {Partitions(first)}");
        SendToAll(0, 10);
        Eventually(() => Poll(first) && seen.Count >= 40, "40 records");

        using (var second = cluster.Consumer("g"))
        {
            second.Subscribe("t");
            Eventually(() => Poll(first) && Poll(second) && first.Assignment.Count == 2 && second.Assignment.Count == 2, "two members share");
            observed.Add($"shared: {string.Join(" and ", new[] { Partitions(first), Partitions(second) }.Order())}");
            SendToAll(10, 20);
            Eventually(() => Poll(first) && Poll(second) && seen.Count >= 80, "80 records");
            Assert.Equal(20, shares[second.Name]);
            second.Close();
        }

        Eventually(() => Poll(first) && first.Assignment.Count == 4, "the one who stays has all four partitions");
        observed.Add($"alone again: {Partitions(first)}");
        SendToAll(20, 30);
        Eventually(() => Poll(first) && seen.Count >= 120, "120 records");
        first.Close();

        // Everything was committed before a member came or went, so that nothing comes twice.
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(p => Enumerable.Range(p * 100, 30)).Select(i => $"v{i}").Order(), seen.Order());
        observed.AddRange(seen.Order());
        return observed;

        void SendToAll(int from, int to)
        {
            for (var partition = 0; partition < 4; partition++)
            {
                Send(producer, new("t", partition), (partition * 100) + from, (partition * 100) + to);
            }
        }

        bool Poll(IConsumer<string, string> consumer)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(20)) is { } record)
            {
                seen.Add(record.Message.Value);
                shares[consumer.Name] = shares.GetValueOrDefault(consumer.Name) + 1;
                try
                {
                    consumer.Commit(record);
                }
                catch (KafkaException e) when (e.Error.Code is ErrorCode.RebalanceInProgress or ErrorCode.IllegalGeneration)
                {
                    // The record will come once more, to whoever has its partition then.
                }
            }

            return true;
        }
    }

    public static async Task<List<string>> ResumeAsync(ConfluentCluster cluster)
    {
        await cluster.CreateAsync("t");
        using (var producer = cluster.Producer())
        {
            Send(producer, new("t", 2), 0, 20);
        }

        List<string> observed = [];
        using (var consumer = cluster.Consumer("g"))
        {
            consumer.Subscribe("t");
            observed.AddRange(Take(consumer, 10).Select(Describe));
            observed.AddRange(consumer.Commit().Select(o => $"committed {o}").Order());
            consumer.Close();
        }

        using var resumed = cluster.Consumer("g");
        resumed.Subscribe("t");
        var rest = Take(resumed, 10);
        Assert.Equal(Enumerable.Range(10, 10).Select(i => $"v{i}"), rest.Select(r => r.Message.Value));
        observed.AddRange(rest.Select(Describe));
        observed.AddRange(resumed.Committed([new("t", 0), new("t", 2)], Patience).Select(o => $"fetched {o}"));
        resumed.Close();
        return observed;
    }

    /// <summary>How the calls of a transactional producer end, and what a reader finds who does not care for transactions.</summary>
    public static async Task<List<string>> TransactionCallsAsync(ConfluentCluster cluster)
    {
        await cluster.CreateAsync("t");
        List<string> observed = [];
        using var producer = cluster.Producer(c => c.TransactionalId = "x");
        using var reader = cluster.Consumer("g", c => c.IsolationLevel = IsolationLevel.ReadUncommitted);
        reader.Assign(new TopicPartitionOffset("t", 0, Offset.Beginning));
        Call("begin before init", producer.BeginTransaction);
        Call("init", () => producer.InitTransactions(Patience));
        Call("commit before begin", () => producer.CommitTransaction(Patience));
        Transaction(0, 10, "commit", () => producer.CommitTransaction(Patience));
        Transaction(10, 15, "abort", () => producer.AbortTransaction(Patience));
        Transaction(15, 20, "commit", () => producer.CommitTransaction(Patience));
        observed.AddRange(Take(reader, 20).Select(r => $"{r.Message.Key}={r.Message.Value}"));
        return observed;

        void Transaction(int from, int to, string end, Action ending)
        {
            Call("begin", producer.BeginTransaction);
            Send(producer, new("t", 0), from, to);
            Call("offsets", () => producer.SendOffsetsToTransaction([new("t", 0, to)], reader.ConsumerGroupMetadata, Patience));
            Call(end, ending);
        }

        void Call(string what, Action call)
        {
            try
            {
                call();
                observed.Add($"{what}: done");
            }
            catch (KafkaException e)
            {
                observed.Add($"{what}: {e.Error.Code}");
            }
        }
    }

    private static string Describe(ConsumeResult<string, string> r) =>
        $"{r.TopicPartitionOffset} {r.Message.Key}={r.Message.Value} {string.Join(',', (r.Message.Headers ?? []).Select(h => $"{h.Key}:{Encoding.UTF8.GetString(h.GetValueBytes())}"))}";

    private static string Partitions(IConsumer<string, string> consumer) => string.Join(' ', consumer.Assignment.Select(a => a.Partition.Value).Order());
}
