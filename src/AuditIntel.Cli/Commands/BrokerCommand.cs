using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Metrics;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using Microsoft.Extensions.Logging;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel broker</c>: the embedded Kafka broker alone.</summary>
internal static class BrokerCommand
{
    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port to listen on, 0 for any free one", HelpName = "PORT", DefaultValueFactory = _ => 9092 };
        Option<string> dataDirectory = new("--data-dir") { Description = "Folder of the log", HelpName = "DIR", Required = true };
        Option<string?> certificate = new("--tls-certificate") { Description = "PEM file with certificate and private key: clients must speak TLS", HelpName = "FILE" };
        Option<string?> users = new("--users") { Description = "File with one user=password a line: clients must authenticate (SASL PLAIN or SCRAM)", HelpName = "FILE" };
        var server = new ServerOptionSet();
        Command command = new("broker", "Run the embedded Kafka broker alone, until Ctrl-C") { port, dataDirectory, certificate, users };
        server.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            ConsoleReport report = server.CreateReport(result);
            using ILoggerFactory logs = server.CreateLog(result);
            ILogger log = logs.CreateLogger("broker");
            await using MetricsEndpoint? metrics = await server.StartMetricsAsync(result, log, cancellation);
            await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(
                new EmbeddedBrokerOptions
                {
                    DataDirectory = Path.GetFullPath(result.GetValue(dataDirectory)!),
                    Port = result.GetValue(port),
                    Certificate = result.GetValue(certificate) is { } file ? ReadCertificate(file) : null,
                    Users = result.GetValue(users) is { } list ? KafkaOptions.ReadProperties(list) : new Dictionary<string, string>(),
                    Log = log,
                },
                cancellation);
            await result.InvocationConfiguration.Output.WriteLineAsync(broker.BootstrapServers);
            report.Say("The broker is ready. Ctrl-C stops it.");
            await Interruption.WaitAsync(cancellation);
            return 0;
        });
        return command;
    }

    private static X509Certificate2 ReadCertificate(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(path, path);
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException($"{path} does not hold a certificate and its private key in PEM form: {e.Message}", e);
        }
    }
}
