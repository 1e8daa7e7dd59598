using System.CommandLine;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AuditIntel.Cli.Configuration;

/// <summary>What commands that serve until Ctrl-C have in common: metrics and logs.</summary>
internal sealed partial class ServerOptionSet
{
    private readonly MetricsOption _metrics = new();

    private readonly Option<string> _logFormat = new("--log-format")
    {
        Description = "Log to standard error as text, or as json with one object a line",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    public void AddTo(Command command)
    {
        _logFormat.AcceptOnlyFromAmong("text", "json");
        _metrics.AddTo(command);
        command.Options.Add(_logFormat);
    }

    /// <summary>The log of the program; dispose it to write what is left.</summary>
    public ILoggerFactory CreateLog(ParseResult result) => LoggerFactory.Create(logging =>
    {
        if (result.GetValue(_logFormat) == "json")
        {
            logging.AddJsonConsole(format =>
            {
                format.TimestampFormat = "O";
                format.UseUtcTimestamp = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(format =>
            {
                format.SingleLine = true;
                format.TimestampFormat = "HH:mm:ss.fff ";
                format.UseUtcTimestamp = true;
            });
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });

    /// <summary>What the command says beside the log; nothing when every line of standard error is a JSON object.</summary>
    public ConsoleReport CreateReport(ParseResult result) =>
        new(result.InvocationConfiguration.Error, quiet: result.GetValue(_logFormat) == "json");

    /// <summary>Starts the metrics if they are wanted; null when not.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public Task<MetricsEndpoint?> StartMetricsAsync(ParseResult result, ILogger log, CancellationToken cancellationToken) =>
        _metrics.StartAsync(result, url => MetricsServed(log, url), cancellationToken);

    [LoggerMessage(100, LogLevel.Information, "Metrics are at {Url}.")]
    private static partial void MetricsServed(ILogger log, Uri url);
}
