using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuditIntel.Collectors.Tests.Sources.Site;

/// <summary>Serves the folders below a folder as repositories, in the way of GitHub's API and raw files.</summary>
internal sealed class FolderRepositories : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly string _root;

    private FolderRepositories(WebApplication server, string root) => (_server, _root) = (server, root);

    public Uri Address { get; private set; } = null!;

    public static async Task<FolderRepositories> StartAsync(string root)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        var repositories = new FolderRepositories(server, root);
        server.Run(repositories.AnswerAsync);
        await server.StartAsync();
        repositories.Address = new Uri(server.Urls.First());
        return repositories;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        string[] parts = context.Request.Path.Value!.Trim('/').Split('/');
        switch (parts)
        {
            case ["users", _, "repos"]:
                await context.Response.WriteAsync(new JsonArray([.. Directory.EnumerateDirectories(_root).Select(folder => (JsonNode)new JsonObject { ["name"] = Path.GetFileName(folder) })]).ToJsonString());
                break;
            case ["repos", _, var name, "git", "trees", "HEAD"]:
                string folder = Path.Combine(_root, name);
                JsonNode[] files =
                [
                    .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => new JsonObject
                    {
                        ["path"] = Path.GetRelativePath(folder, file),
                        ["type"] = "blob",
                        ["sha"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file))),
                        ["size"] = new FileInfo(file).Length,
                    }),
                ];
                context.Response.Headers.ETag = "\"1\"";
                await context.Response.WriteAsync(new JsonObject { ["tree"] = new JsonArray(files) }.ToJsonString());
                break;
            case [_, var name, "HEAD", .. var path]:
                await context.Response.SendFileAsync(Path.Combine([_root, name, .. path]));
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }
}
