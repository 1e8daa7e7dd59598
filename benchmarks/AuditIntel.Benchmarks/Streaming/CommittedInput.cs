using System.Diagnostics;
using AuditIntel.Kafka;
using AuditIntel.Streaming;

namespace AuditIntel.Benchmarks.Streaming;

/// <summary>The end of a run: the group has committed its input.</summary>
internal static class CommittedInput
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="TimeoutException">The records were not committed in time.</exception>
    public static async Task UntilAsync(TopicAdmin admin, KafkaStreams streams, string group, string topic, int partitions, long records)
    {
        PartitionId[] input = [.. Enumerable.Range(0, partitions).Select(partition => new PartitionId(topic, partition))];
        long begin = Stopwatch.GetTimestamp();
        while ((await admin.CommittedAsync(group, input)).Sum(offset => Math.Max(0, offset.Offset)) < records)
        {
            if (streams.Completion.IsCompleted)
            {
                await streams.Completion;
            }

            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                throw new TimeoutException($"{topic}: not all of {records} records were committed within {Patience}.");
            }

            await Task.Delay(10);
        }
    }
}
