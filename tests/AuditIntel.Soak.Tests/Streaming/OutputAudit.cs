using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using AuditIntel.Kafka;

namespace AuditIntel.Soak.Tests.Streaming;

/// <summary>Reads the committed output as it comes and compares every record with what must stand there.</summary>
internal sealed class OutputAudit : IDisposable
{
    private readonly BatchConsumer _consumer;
    private readonly long[] _countsByKey = new long[FireTopology.Keys];
    private readonly Dictionary<string, long> _countsByColour = [];

    public OutputAudit(KafkaOptions kafka)
    {
        _consumer = BatchConsumer.Create(kafka, new BatchConsumerOptions());
        _consumer.Assign(
        [
            .. ((string[])[FireTopology.ByKey, FireTopology.ByColour])
                .SelectMany(topic => Enumerable.Range(0, FireTopology.Partitions).Select(partition => new PartitionId(topic, partition)))
                .Select(partition => new PartitionOffset(partition, PartitionOffset.Beginning)),
        ]);
    }

    /// <summary>Records seen of the first output.</summary>
    public long ByKey { get; private set; }

    /// <summary>Records seen of the second output.</summary>
    public long ByColour { get; private set; }

    /// <summary>Reads on until both outputs hold so many records.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">A record is wrong, missing or doubled, or the records did not come in time.</exception>
    public void ReadTo(long records, TimeSpan timeout, Func<string> explain)
    {
        long begin = Stopwatch.GetTimestamp();
        while (ByKey < records || ByColour < records)
        {
            Read(TimeSpan.FromMilliseconds(50));
            Assert.True(
                Stopwatch.GetElapsedTime(begin) < timeout,
                $"Of {records} records {ByKey} came by key and {ByColour} by colour within {timeout}.\n{(Stopwatch.GetElapsedTime(begin) < timeout ? "" : explain())}");
        }
    }

    /// <summary>Looks for a moment whether anything comes that must not.</summary>
    public void ExpectNothingMore(TimeSpan wait)
    {
        (long byKey, long byColour) = (ByKey, ByColour);
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < wait)
        {
            Read(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal((byKey, byColour), (ByKey, ByColour));
    }

    public void Dispose() => _consumer.Dispose();

    private void Read(TimeSpan wait)
    {
        RecordBatch batch = _consumer.Poll(wait);
        for (int i = 0; i < batch.Count; i++)
        {
            string key = Encoding.UTF8.GetString(batch[i].Key);
            if (batch[i].Topic == FireTopology.ByKey)
            {
                CheckByKey(key, Encoding.UTF8.GetString(batch[i].Value));
            }
            else
            {
                CheckByColour(key, BinaryPrimitives.ReadInt64BigEndian(batch[i].Value));
            }
        }
    }

    private void CheckByKey(string key, string value)
    {
        int index = int.Parse(key.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
        long number = (_countsByKey[index] * FireTopology.Keys) + index;
        Assert.True(value == FireTopology.Expected(number), $"Key {key}: '{value}' came where '{FireTopology.Expected(number)}' had to come.");
        _countsByKey[index]++;
        ByKey++;
    }

    private void CheckByColour(string colour, long count)
    {
        long expected = _countsByColour.GetValueOrDefault(colour) + 1;
        Assert.True(count == expected, $"{colour}: count {count} came where {expected} had to come.");
        _countsByColour[colour] = count;
        ByColour++;
    }
}
