using System.CommandLine;

namespace AuditIntel.Cli.Commands;

/// <summary>Stands here for <c>--help</c>: the launcher script builds and runs the benchmarks, which are no part of the program.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure how fast this machine runs it")
    {
        Benchmark("broker", "Produce, consume and the exactly-once loop on the embedded broker or on a given Kafka"),
        Benchmark("streaming", "Topologies, at-least-once and exactly-once, beside a bare Confluent.Kafka loop"),
        Benchmark("transactions", "Features, scores and reasons beside scikit-learn; the topology, the sink, the whole way to the row; latency to row and alert"),
        OfFindings("duplicates", "Lookup time and memory of duplicate detection as the history grows"),
        OfFindings("findings", "Processor time and memory of the findings topology as the history grows"),
    };

    private static Command Benchmark(string name, string description)
    {
        Command command = Started(name, description);
        command.Add(new Option<string>("--bootstrap-servers") { Description = "A running Kafka; without it the embedded broker is started", HelpName = "HOST:PORT" });
        return command;
    }

    private static Command OfFindings(string name, string description)
    {
        Command command = Started(name, description);
        command.Options.Clear();
        command.Options.Add(new Option<string>("--model") { Description = "Model made by 'auditintel train findings'", HelpName = "FILE" });
        command.Options.Add(new Option<int>("--findings") { Description = "Synthetic findings", HelpName = "N" });
        return command;
    }

    private static Command Started(string name, string description)
    {
        Command command = new(name, description)
        {
            new Option<bool>("--json") { Description = "Print the result as JSON" },
            new Option<int>("--records") { Description = "Records of each run", HelpName = "N" },
            new Option<int>("--runs") { Description = "Runs of each workload; the median counts", HelpName = "N" },
        };
        command.SetAction(result =>
        {
            result.InvocationConfiguration.Error.WriteLine($"Start the benchmarks through the launcher: ./auditintel bench {name}.");
            return AuditIntelProgram.WrongUse;
        });
        return command;
    }
}
