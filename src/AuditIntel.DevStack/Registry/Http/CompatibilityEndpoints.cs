using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Operations;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary><c>/compatibility</c>: whether a schema could be registered.</summary>
internal sealed class CompatibilityEndpoints(SchemaTable table, SchemaParser parser, CompatibilityRule rule, SettingsInScope settings)
{
    public void Map(RouteTable routes)
    {
        routes.Map("POST", "/compatibility/subjects/{subject}/versions", (request, cancellation) => TestAsync(request, Live(request.Subject), cancellation));
        routes.Map("POST", "/compatibility/subjects/{subject}/versions/{version}", (request, cancellation) => TestAsync(request, One(request), cancellation));
    }

    private IReadOnlyList<SchemaVersion> Live(string subject) => [.. table.Versions(subject).Where(version => !version.Deleted)];

    /// <summary>The version that the path names; a subject without versions takes any schema as its latest.</summary>
    private IReadOnlyList<SchemaVersion> One(RegistryRequest request)
    {
        IReadOnlyList<SchemaVersion> live = Live(request.Subject);
        int wanted = request.Version;
        if (wanted == VersionSelector.Latest)
        {
            return [.. live.TakeLast(1)];
        }

        return live.FirstOrDefault(version => version.Version == wanted) is { } found ? [found] : throw RegistryException.VersionNotFound(wanted);
    }

    private async Task<Answer> TestAsync(RegistryRequest request, IReadOnlyList<SchemaVersion> earlier, CancellationToken cancellationToken)
    {
        JsonObject body = await request.BodyAsync(cancellationToken).ConfigureAwait(false);
        bool verbose = request.Flag("verbose");
        IReadOnlyList<string> differences;
        try
        {
            ParsedSchema next = parser.Parse(RequestBody.Schema(body), request.Flag("normalize") || settings.Normalize(request.Subject), withDeleted: false);
            differences = rule.Differences(request.Subject, next, earlier);
        }
        catch (RegistryException e) when (verbose && e.Status == 422)
        {
            differences = [e.Message];
        }

        var json = new JsonObject { ["is_compatible"] = differences.Count == 0 };
        if (verbose)
        {
            json["messages"] = RegistryJson.Array(differences);
        }

        return Answer.Json(json);
    }
}
