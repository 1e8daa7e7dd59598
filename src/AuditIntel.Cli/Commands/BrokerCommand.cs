using System.CommandLine;
using AuditIntel.Cli.Display;
using AuditIntel.DevStack;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel broker</c>: the embedded Kafka broker alone.</summary>
internal static class BrokerCommand
{
    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port to listen on, 0 for any free one", HelpName = "PORT", DefaultValueFactory = _ => 9092 };
        Option<string> dataDirectory = new("--data-dir") { Description = "Folder of the log", HelpName = "DIR", Required = true };
        Command command = new("broker", "Run the embedded Kafka broker alone, until Ctrl-C") { port, dataDirectory };
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: false);
            await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(
                new EmbeddedBrokerOptions { DataDirectory = Path.GetFullPath(result.GetValue(dataDirectory)!), Port = result.GetValue(port) },
                cancellation);
            await result.InvocationConfiguration.Output.WriteLineAsync(broker.BootstrapServers);
            report.Say("The broker is ready. Ctrl-C stops it.");
            await Interruption.WaitAsync(cancellation);
            return 0;
        });
        return command;
    }
}
