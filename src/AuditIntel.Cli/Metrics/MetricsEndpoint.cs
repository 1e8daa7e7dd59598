using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AuditIntel.Cli.Metrics;

/// <summary>Serves the program's metrics to Prometheus at <c>/metrics</c>, on loopback.</summary>
internal sealed class MetricsEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;

    private MetricsEndpoint(WebApplication application)
    {
        _application = application;
        Url = new Uri(new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/metrics");
    }

    /// <summary>Where Prometheus scrapes.</summary>
    public Uri Url { get; }

    /// <param name="port">0 for any free one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MetricsEndpoint> StartAsync(int port, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<MeterCollector>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        WebApplication application = builder.Build();
        application.Run(AnswerAsync);
        try
        {
            // Listening to the meters begins before what they measure, not with the first scrape.
            _ = application.Services.GetRequiredService<MeterCollector>();
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            return new MetricsEndpoint(application);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != "/metrics")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("The metrics are at /metrics.\n").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(context.RequestServices.GetRequiredService<MeterCollector>().Collect()).ConfigureAwait(false);
    }
}
