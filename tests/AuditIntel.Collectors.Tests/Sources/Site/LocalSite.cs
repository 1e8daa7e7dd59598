using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuditIntel.Collectors.Tests.Sources.Site;

/// <summary>Servers on loopback, a port for each site, each behaving as badly as it is told to.</summary>
internal sealed class LocalSite : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Dictionary<int, (SiteKind Kind, SiteMode Mode)> _sites = [];
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private readonly CancellationTokenSource _stop = new();
    private int _requests;

    private LocalSite(WebApplication server) => _server = server;

    public SiteContent Content { get; } = new();

    /// <summary>Path and query of every request but robots.txt, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Statuses of the answers to them.</summary>
    public ConcurrentQueue<int> Statuses { get; } = new();

    /// <summary>Header of the last request by name.</summary>
    public ConcurrentDictionary<string, string> LastHeaders { get; } = new();

    /// <summary>May hold an answer back; sees the number of the request from 1.</summary>
    public Func<int, Task>? OnRequest { get; set; }

    /// <summary>Paths that are not there for now.</summary>
    public Func<string, bool> Hide { get; set; } = _ => false;

    public static Task<LocalSite> StartAsync(SiteKind kind, SiteMode mode = SiteMode.Healthy) => StartAsync([(kind, mode)]);

    public static async Task<LocalSite> StartAsync(IReadOnlyList<(SiteKind Kind, SiteMode Mode)> sites)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            for (int i = 0; i < sites.Count; i++)
            {
                options.Listen(IPAddress.Loopback, 0);
            }
        });
        WebApplication server = builder.Build();
        var site = new LocalSite(server);
        server.Run(site.AnswerAsync);
        await server.StartAsync();
        string[] addresses = [.. server.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        for (int i = 0; i < sites.Count; i++)
        {
            site._sites[new Uri(addresses[i]).Port] = sites[i];
        }

        return site;
    }

    /// <summary>Base address of a site.</summary>
    public Uri AddressOf(SiteKind kind, SiteMode mode = SiteMode.Healthy) =>
        new($"http://127.0.0.1:{_sites.First(site => site.Value == (kind, mode)).Key.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Catalogue entry of a site; further lines are put below it.</summary>
    public string Entry(SiteKind kind, SiteMode mode = SiteMode.Healthy, string further = "") => SiteEntries.Of(kind, mode, AddressOf(kind, mode), further);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        (SiteKind kind, SiteMode mode) = _sites[context.Connection.LocalPort];
        string path = context.Request.Path.Value!;
        if (path == "/robots.txt")
        {
            await RobotsAsync(context, mode);
            return;
        }

        Requests.Enqueue(path + context.Request.QueryString);
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in context.Request.Headers)
        {
            LastHeaders[name] = value.ToString();
        }

        int number = Interlocked.Increment(ref _requests);
        if (OnRequest is { } hold)
        {
            await hold(number);
        }

        int asked = _asked.AddOrUpdate($"{context.Connection.LocalPort}{path}{context.Request.QueryString}", 1, (_, count) => count + 1);
        await AnswerAsync(context, kind, mode, path, asked);
        Statuses.Enqueue(context.Response.StatusCode);
    }

    private static async Task RobotsAsync(HttpContext context, SiteMode mode)
    {
        switch (mode)
        {
            case SiteMode.RobotsForbid:
                await context.Response.WriteAsync("User-agent: other\nAllow: /\n\nUser-agent: auditinteltest\nDisallow: /\nAllow: /nothing$\n");
                break;
            case SiteMode.RobotsFail:
                context.Response.StatusCode = 503;
                break;
            case SiteMode.RobotsMissing:
                context.Response.StatusCode = 404;
                break;
            default:
                await context.Response.WriteAsync("# hello\nUser-agent: *\nDisallow: /private\n");
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, SiteKind kind, SiteMode mode, string path, int asked)
    {
        HttpResponse response = context.Response;
        switch (mode)
        {
            case SiteMode.ThrottledOnce when asked == 1:
                response.StatusCode = 429;
                response.Headers.RetryAfter = "1";
                return;
            case SiteMode.ThrottledUntilDate when asked == 1:
                response.StatusCode = 503;
                response.Headers.RetryAfter = DateTimeOffset.UtcNow.AddSeconds(1).ToString("R", CultureInfo.InvariantCulture);
                return;
            case SiteMode.ThrottledForLong:
                response.StatusCode = 429;
                response.Headers.RetryAfter = "3600";
                return;
            case SiteMode.FailsOnce when asked == 1:
            case SiteMode.Fails:
                response.StatusCode = 500;
                return;
            case SiteMode.Missing:
                response.StatusCode = 404;
                return;
            case SiteMode.Resets:
                context.Abort();
                return;
            case SiteMode.TimesOut:
                await Task.Delay(Timeout.InfiniteTimeSpan, CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token).Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case SiteMode.RedirectsOnce when !context.Request.Query.ContainsKey("moved"):
                response.Redirect(path + context.Request.QueryString + (context.Request.QueryString.HasValue ? "&" : "?") + "moved=1");
                return;
            case SiteMode.RedirectsToAllowedHost when context.Request.Host.Host != "localhost":
                response.Redirect($"http://localhost:{context.Connection.LocalPort}{path}{context.Request.QueryString}");
                return;
            case SiteMode.RedirectsInCircle:
                response.Redirect(path.EndsWith('x') ? path[..^1] + context.Request.QueryString : path + "x" + context.Request.QueryString);
                return;
            case SiteMode.RedirectsToPrivateAddress:
                response.Redirect("http://169.254.169.254/latest/meta-data/");
                return;
            case SiteMode.RedirectsToNowhere:
                response.StatusCode = 302;
                return;
        }

        string query = (context.Request.QueryString.Value ?? "").Replace("&moved=1", "").Replace("?moved=1", "");
        if (Hide(path) || Content.Find(kind, path, query) is not { } found)
        {
            response.StatusCode = 404;
            return;
        }

        await WriteAsync(context, mode, found.MediaType, found.Text, found.Next);
    }

    private static async Task WriteAsync(HttpContext context, SiteMode mode, string mediaType, string text, string? next)
    {
        HttpResponse response = context.Response;
        string tag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}\"";
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = 304;
            return;
        }

        response.Headers.ETag = tag;
        response.Headers.LastModified = "Sat, 01 Mar 2025 10:00:00 GMT";
        response.ContentType = mode is SiteMode.LyingCharset or SiteMode.Latin1Document ? $"{mediaType}; charset=iso-8859-1" : $"{mediaType}; charset=utf-8";
        if (next is not null)
        {
            response.Headers.Link = $"<{next}>; rel=\"next\", </>; rel=\"start\"";
        }

        byte[] body = mode switch
        {
            SiteMode.Latin1Document => Encoding.Latin1.GetBytes(text),
            SiteMode.BadBytes => [.. Encoding.UTF8.GetBytes(text[..10]), 0xC3, 0x28, 0xFF, .. Encoding.UTF8.GetBytes(text[10..])],
            SiteMode.Truncated => Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, 21)]),
            SiteMode.WrongDocument => Encoding.UTF8.GetBytes("<!doctype html><html><body><p>Checking that you are not a robot.</p></body></html>"),
            SiteMode.Empty => [],
            SiteMode.Huge => [.. Encoding.UTF8.GetBytes(text), .. Enumerable.Repeat((byte)' ', 2_000_000)],
            SiteMode.HugeCompressed => Compressed(new byte[20_000_000], gzip: true),
            SiteMode.Gzip => Compressed(Encoding.UTF8.GetBytes(text), gzip: true),
            SiteMode.Brotli => Compressed(Encoding.UTF8.GetBytes(text), gzip: false),
            _ => Encoding.UTF8.GetBytes(text),
        };
        if (mode is SiteMode.Gzip or SiteMode.HugeCompressed or SiteMode.Brotli)
        {
            response.Headers.ContentEncoding = mode is SiteMode.Brotli ? "br" : "gzip";
        }

        if (mode is SiteMode.CutInTheMiddle)
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
            await response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(body);
    }

    private static byte[] Compressed(byte[] bytes, bool gzip)
    {
        using var packed = new MemoryStream();
        using (Stream stream = gzip ? new GZipStream(packed, CompressionLevel.Fastest) : new BrotliStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
