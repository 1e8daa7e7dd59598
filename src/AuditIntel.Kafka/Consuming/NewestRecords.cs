using System.Diagnostics;

namespace AuditIntel.Kafka;

/// <summary>Reads what lies on topics now, up to the ends at the time of asking.</summary>
public static class NewestRecords
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    /// <summary>A topic that gives nothing for so long has gone away.</summary>
    private static readonly TimeSpan StandstillLimit = TimeSpan.FromSeconds(60);

    /// <summary>Hears one record; the record is valid within the call only.</summary>
    public delegate void Listener(ConsumedRecord record);

    /// <param name="kafka">The cluster.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="from">Where to begin, by partition; other partitions are read whole. Null to read everything.</param>
    /// <param name="listener">Hears of each record, partition by partition in order.</param>
    /// <param name="onWarning">Hears of passing trouble.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="KafkaFailureException">The topic cannot be read, or stands still.</exception>
    public static async Task ReadAsync(
        KafkaOptions kafka,
        string topic,
        IReadOnlyDictionary<int, long>? from,
        Listener listener,
        Action<string>? onWarning,
        CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(kafka, onWarning);
        IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync([topic], cancellationToken).ConfigureAwait(false);
        PartitionOffset[] begins =
        [
            .. ranges
                .Select(range => (range, Begin: Math.Max(range.Begin, from?.GetValueOrDefault(range.Partition.Partition, range.Begin) ?? range.Begin)))
                .Where(each => each.Begin < each.range.End)
                .Select(each => new PartitionOffset(each.range.Partition, each.Begin)),
        ];
        if (begins.Length == 0)
        {
            return;
        }

        // Polling blocks; it has a thread of its own.
        await Task.Run(() => Read(kafka, begins, ranges, listener, onWarning, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static void Read(
        KafkaOptions kafka,
        PartitionOffset[] begins,
        IReadOnlyList<OffsetRange> ranges,
        Listener listener,
        Action<string>? onWarning,
        CancellationToken cancellationToken)
    {
        Dictionary<PartitionId, long> ends = ranges.ToDictionary(range => range.Partition, range => range.End);
        using BatchConsumer consumer = BatchConsumer.Create(kafka, new BatchConsumerOptions(), onWarning: onWarning);
        consumer.Assign(begins);
        long moved = Stopwatch.GetTimestamp();
        while (!begins.All(begin => consumer.IsAtEnd(begin.Partition) || consumer.Position(begin.Partition) >= ends[begin.Partition]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RecordBatch batch = consumer.Poll(Turn);
            for (int i = 0; i < batch.Count; i++)
            {
                listener(batch[i]);
            }

            if (batch.Count > 0)
            {
                moved = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(moved) > StandstillLimit)
            {
                throw new KafkaFailureException($"Topic {begins[0].Partition.Topic} has given nothing for {StandstillLimit.TotalSeconds:0} s; its end was not reached.", 0);
            }
        }
    }
}
