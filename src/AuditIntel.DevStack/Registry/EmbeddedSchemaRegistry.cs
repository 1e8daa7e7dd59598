using System.Globalization;
using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Registry;
using AuditIntel.DevStack.Registry.Http;
using AuditIntel.DevStack.Registry.Operations;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditIntel.DevStack;

/// <summary>
/// A Schema Registry that serves Confluent's REST API for Avro, and keeps its state in the topic <c>_schemas</c>. It follows the topic all the time, so what
/// another registry writes there shows here too.
/// </summary>
public sealed class EmbeddedSchemaRegistry : IAsyncDisposable
{
    private const int LargestBody = 4 << 20;
    private const int MostConnections = 1000;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private readonly SchemaStore _store;
    private readonly RegistryMetrics _metrics;

    private EmbeddedSchemaRegistry(WebApplication application, SchemaStore store, RegistryMetrics metrics, RouteTable routes, Uri url)
    {
        _application = application;
        _store = store;
        _metrics = metrics;
        RouteTable = routes;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Which paths it knows.</summary>
    internal RouteTable RouteTable { get; }

    /// <summary>Reads the topic to its end, then listens.</summary>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="IOException">The broker refuses or does not answer, or the port is taken.</exception>
    public static async Task<EmbeddedSchemaRegistry> StartAsync(EmbeddedSchemaRegistryOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        ILogger logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("AuditIntel.DevStack.Registry");
        SchemaStore store = await SchemaStore.OpenAsync(options.Kafka, options.StoreTimeout, options.Clock, logger, cancellationToken).ConfigureAwait(false);
        var metrics = new RegistryMetrics(() => store.Table.All().Count);
        WebApplication? application = null;
        try
        {
            RouteTable routes = Routes(store, options, logger);
            application = Build(options, routes, metrics, logger);
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            var url = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            RegistryLog.Started(logger, url, store.Table.All().Count, options.BootstrapServer);
            return new EmbeddedSchemaRegistry(application, store, metrics, routes, url);
        }
        catch
        {
            if (application is not null)
            {
                await application.DisposeAsync().ConfigureAwait(false);
            }

            metrics.Dispose();
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes no more requests, gives those under way a moment, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(ShutdownTimeout))
        {
            await _application.StopAsync(patience.Token).ConfigureAwait(false);
        }

        await _application.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    private static WebApplication Build(EmbeddedSchemaRegistryOptions options, RouteTable routes, RegistryMetrics metrics, ILogger logger)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://{options.Host}:{options.Port}"));
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
        });
        WebApplication application = builder.Build();
        application.Run(new RegistryHandler(routes, metrics, logger).HandleAsync);
        return application;
    }

    private static RouteTable Routes(SchemaStore store, EmbeddedSchemaRegistryOptions options, ILogger logger)
    {
        var parser = new SchemaParser(store.Table);
        var text = new SchemaJsonText(parser);
        var lookup = new Lookup(store.Table, parser);
        var settings = new SettingsInScope(store.Table, options.Compatibility);
        var rule = new CompatibilityRule(parser, settings);
        var deletion = new Deletion(store, settings, logger);
        var change = new SettingsChange(store, settings, logger);
        var routes = new RouteTable();
        MetadataEndpoints.Map(routes, "");
        new SubjectEndpoints(store.Table, parser, lookup, settings, deletion, text).Map(routes);
        new VersionEndpoints(store.Table, new Registration(store, parser, lookup, rule, settings, logger), deletion, text).Map(routes);
        new SchemaEndpoints(store.Table, text).Map(routes);
        new CompatibilityEndpoints(store.Table, parser, rule, settings).Map(routes);
        new ConfigEndpoints(store.Table, settings, change).Map(routes);
        new ModeEndpoints(store.Table, settings, change).Map(routes);
        return routes;
    }
}
