using System.CommandLine;
using AuditIntel.Benchmarks.Brokers;

namespace AuditIntel.Benchmarks.Broker;

/// <summary><c>bench broker</c>: what a Kafka broker gives to ordinary clients.</summary>
internal static class BrokerCommand
{
    public static Command Create() => BenchmarkCommand.Create(
        "broker",
        "Produce, consume and the exactly-once loop, through Confluent.Kafka and through librdkafka's batch calls",
        (broker, records, runs, progress, cancellation) => new BrokerBenchmark(broker, records, runs, progress).RunAsync(cancellation));
}
