using System.Text.RegularExpressions;
using AuditIntel.DevStack.Registry.Http;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>The table of endpoints in the room's README is the table of routes.</summary>
[Collection(SharedRegistry.Name)]
public sealed partial class ReadmeEndpointTests(RegistryFixture fixture)
{
    [Fact]
    public void Readme_ShouldListExactlyTheRoutes()
    {
        RouteTable routes = fixture.Registry.Routes;
        string[] listed = [.. Row().Matches(File.ReadAllText(Readme())).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}")];
        Assert.Equal(routes.Routes.Select(route => $"{route.Method} {route.Path}").Order(), listed.Order());
    }

    [GeneratedRegex(@"^\| (GET|PUT|POST|DELETE) \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static string Readme()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuditIntel.Streams.sln")))
            {
                return Path.Combine(folder.FullName, "src", "AuditIntel.DevStack", "README.md");
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds AuditIntel.Streams.sln.");
    }
}
