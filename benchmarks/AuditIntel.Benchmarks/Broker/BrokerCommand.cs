using System.CommandLine;
using AuditIntel.Benchmarks.Brokers;
using AuditIntel.Benchmarks.Reporting;

namespace AuditIntel.Benchmarks.Broker;

/// <summary><c>bench broker</c>: what a Kafka broker gives to ordinary clients.</summary>
internal static class BrokerCommand
{
    public static Command Create()
    {
        Option<string?> bootstrapServers = new("--bootstrap-servers") { Description = "A running Kafka; without it the embedded broker is started", HelpName = "HOST:PORT" };
        Option<bool> json = new("--json") { Description = "Print the result as JSON" };
        Option<int> records = new("--records") { Description = "Records of each run", HelpName = "N", DefaultValueFactory = _ => 1_000_000 };
        Option<int> runs = new("--runs") { Description = "Runs of each workload; the median counts", HelpName = "N", DefaultValueFactory = _ => 3 };
        Command command = new("broker", "Produce, consume and the exactly-once loop, through Confluent.Kafka and through librdkafka's batch calls")
        {
            bootstrapServers, json, records, runs,
        };
        command.SetAction(async (result, cancellation) =>
        {
            TextWriter progress = result.InvocationConfiguration.Error;
            await using IBenchmarkBroker broker = result.GetValue(bootstrapServers) is { } address
                ? new GivenBroker(address)
                : await EmbeddedBrokerProcess.StartAsync(cancellation);
            var benchmark = new BrokerBenchmark(broker, result.GetValue(records), result.GetValue(runs), line => progress.WriteLine(line));
            BenchmarkReport report = await benchmark.RunAsync(cancellation);
            report.WriteTo(result.InvocationConfiguration.Output, result.GetValue(json));
            return 0;
        });
        return command;
    }
}
