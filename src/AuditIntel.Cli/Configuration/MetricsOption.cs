using System.CommandLine;
using AuditIntel.Cli.Metrics;

namespace AuditIntel.Cli.Configuration;

/// <summary>The option <c>--metrics-port</c>.</summary>
internal sealed class MetricsOption
{
    private readonly Option<int?> _port = new("--metrics-port")
    {
        Description = "Serve Prometheus metrics at http://127.0.0.1:PORT/metrics, 0 for any free port",
        HelpName = "PORT",
    };

    public void AddTo(Command command) => command.Options.Add(_port);

    /// <summary>Starts the metrics if they are wanted; null when not.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="served">Hears where they are.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<MetricsEndpoint?> StartAsync(ParseResult result, Action<Uri> served, CancellationToken cancellationToken)
    {
        if (result.GetValue(_port) is not { } port)
        {
            return null;
        }

        MetricsEndpoint metrics = await MetricsEndpoint.StartAsync(port, cancellationToken);
        served(metrics.Url);
        return metrics;
    }
}
