using System.CommandLine;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Metrics;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using Microsoft.Extensions.Logging;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel registry</c>: the embedded Schema Registry alone.</summary>
internal static class RegistryCommand
{
    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port to listen on, 0 for any free one", HelpName = "PORT", DefaultValueFactory = _ => 8081 };
        Option<string> bootstrapServers = new("--bootstrap-servers") { Description = "Broker that keeps the schemas", HelpName = "HOST:PORT", Required = true };
        Option<string?> kafkaConfig = new("--kafka-config") { Description = "File with further Kafka client properties, key=value a line", HelpName = "FILE" };
        var server = new ServerOptionSet();
        Command command = new("registry", "Run the embedded Schema Registry alone, until Ctrl-C") { port, bootstrapServers, kafkaConfig };
        server.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            ConsoleReport report = server.CreateReport(result);
            using ILoggerFactory logs = server.CreateLog(result);
            await using MetricsEndpoint? metrics = await server.StartMetricsAsync(result, logs.CreateLogger("registry"), cancellation);
            await using EmbeddedSchemaRegistry registry = await EmbeddedSchemaRegistry.StartAsync(
                new EmbeddedSchemaRegistryOptions
                {
                    BootstrapServer = result.GetValue(bootstrapServers)!,
                    Port = result.GetValue(port),
                    KafkaProperties = result.GetValue(kafkaConfig) is { } file ? KafkaOptions.ReadProperties(file) : new Dictionary<string, string>(),
                    LoggerFactory = logs,
                },
                cancellation);
            await result.InvocationConfiguration.Output.WriteLineAsync(registry.Url.ToString());
            report.Say("The registry is ready. Ctrl-C stops it.");
            await Interruption.WaitAsync(cancellation);
            return 0;
        });
        return command;
    }
}
