using System.CommandLine;
using AuditIntel.Benchmarks.Reporting;

namespace AuditIntel.Benchmarks.Brokers;

/// <summary>A command that measures something on a broker.</summary>
internal static class BenchmarkCommand
{
    public static Command Create(string name, string description, BrokerWorkload workload, int defaultRecords = 1_000_000)
    {
        Option<string?> bootstrapServers = new("--bootstrap-servers") { Description = "A running Kafka; without it the embedded broker is started", HelpName = "HOST:PORT" };
        Option<bool> json = new("--json") { Description = "Print the result as JSON" };
        Option<int> records = new("--records") { Description = "Records of each run", HelpName = "N", DefaultValueFactory = _ => defaultRecords };
        Option<int> runs = new("--runs") { Description = "Runs of each workload; the median counts", HelpName = "N", DefaultValueFactory = _ => 3 };
        Command command = new(name, description) { bootstrapServers, json, records, runs };
        command.SetAction(async (result, cancellation) =>
        {
            TextWriter progress = result.InvocationConfiguration.Error;
            await using IBenchmarkBroker broker = result.GetValue(bootstrapServers) is { } address
                ? new GivenBroker(address)
                : await EmbeddedBrokerProcess.StartAsync(cancellation);
            BenchmarkReport report = await workload(broker, result.GetValue(records), result.GetValue(runs), line => progress.WriteLine(line), cancellation);
            report.WriteTo(result.InvocationConfiguration.Output, result.GetValue(json));
            return 0;
        });
        return command;
    }
}
