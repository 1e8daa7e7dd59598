using System.Globalization;
using AuditIntel.DevStack.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack;

/// <summary>A Schema Registry that serves Confluent's REST API and keeps its state in the topic _schemas.</summary>
public sealed class EmbeddedSchemaRegistry : IAsyncDisposable
{
    private const int LargestBody = 4 << 20;

    private readonly WebApplication _application;
    private readonly SchemaStore _store;

    private EmbeddedSchemaRegistry(WebApplication application, SchemaStore store, Uri url)
    {
        _application = application;
        _store = store;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Reads the topic to its end, then listens.</summary>
    /// <exception cref="IOException">The broker refuses, or the port is taken.</exception>
    public static async Task<EmbeddedSchemaRegistry> StartAsync(EmbeddedSchemaRegistryOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        KafkaSchemaLog log = await KafkaSchemaLog.OpenAsync(options.BootstrapServer, options.Clock, cancellationToken).ConfigureAwait(false);
        SchemaStore store = await SchemaStore.OpenAsync(log, options.Compatibility, cancellationToken).ConfigureAwait(false);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://{options.Host}:{options.Port}"));
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        WebApplication application = builder.Build();
        application.UseRouting();
        RegistryEndpoints.Map(application, store);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new EmbeddedSchemaRegistry(application, store, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }
}
