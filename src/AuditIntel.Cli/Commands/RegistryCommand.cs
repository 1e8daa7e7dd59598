using System.CommandLine;
using AuditIntel.Cli.Display;
using AuditIntel.DevStack;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel registry</c>: the embedded Schema Registry alone.</summary>
internal static class RegistryCommand
{
    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port to listen on, 0 for any free one", HelpName = "PORT", DefaultValueFactory = _ => 8081 };
        Option<string> bootstrapServers = new("--bootstrap-servers") { Description = "Broker that keeps the schemas", HelpName = "HOST:PORT", Required = true };
        Command command = new("registry", "Run the embedded Schema Registry alone, until Ctrl-C") { port, bootstrapServers };
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: false);
            await using EmbeddedSchemaRegistry registry = await EmbeddedSchemaRegistry.StartAsync(
                new EmbeddedSchemaRegistryOptions { BootstrapServer = result.GetValue(bootstrapServers)!, Port = result.GetValue(port) }, cancellation);
            await result.InvocationConfiguration.Output.WriteLineAsync(registry.Url.ToString());
            report.Say("The registry is ready. Ctrl-C stops it.");
            await Interruption.WaitAsync(cancellation);
            return 0;
        });
        return command;
    }
}
