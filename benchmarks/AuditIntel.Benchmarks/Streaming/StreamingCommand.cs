using System.CommandLine;
using AuditIntel.Benchmarks.Brokers;

namespace AuditIntel.Benchmarks.Streaming;

/// <summary><c>bench streaming</c>: topologies beside a bare loop.</summary>
internal static class StreamingCommand
{
    public static Command Create() => BenchmarkCommand.Create(
        "streaming",
        "A stateless and a counting topology, at-least-once and exactly-once, on one and two threads, beside a bare Confluent.Kafka loop",
        (broker, records, runs, progress, cancellation) => new StreamingBenchmark(broker, records, runs, progress).RunAsync(cancellation));
}
