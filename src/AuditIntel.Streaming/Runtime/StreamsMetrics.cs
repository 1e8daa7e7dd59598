using System.Diagnostics.Metrics;

namespace AuditIntel.Streaming.Runtime;

/// <summary>The meter of this room.</summary>
internal static class StreamsMetrics
{
    private static readonly Meter Meter = new("AuditIntel.Streaming");

    public static readonly Counter<long> Processed = Meter.CreateCounter<long>("streams.records.processed", "{record}", "Records taken from source topics.");

    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>("streams.records.dropped", "{record}", "Records that were passed over: failed and continued, without key, or too late.");

    public static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("streams.records.dead_letters", "{record}", "Failed records that were set aside.");

    public static readonly Counter<long> Recoveries =
        Meter.CreateCounter<long>("streams.recoveries", "{recovery}", "Times a thread gave up its work and went back to the last commit.");

    public static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>("streams.commit.duration", "s", "Flush and commit of one thread.");

    private static readonly Histogram<double> RecordLatency = Meter.CreateHistogram(
        "streams.record.latency",
        "s",
        "From a record's timestamp to its arrival at its task; one sample a batch.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300] });

    /// <summary>Notes how old a record is.</summary>
    public static void Latency(long timestampMs)
    {
        if (RecordLatency.Enabled && timestampMs >= 0)
        {
            RecordLatency.Record(Math.Max(0, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - timestampMs) / 1000.0);
        }
    }

    public static readonly Counter<long> Restored = Meter.CreateCounter<long>("streams.restore.records", "{record}", "Changelog records applied to stores.");
}
