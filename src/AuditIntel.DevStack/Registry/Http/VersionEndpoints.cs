using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Operations;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary><c>/subjects/{subject}/versions</c>: lists, shows, registers, deletes.</summary>
internal sealed class VersionEndpoints(SchemaTable table, Registration registration, Deletion deletion, SchemaJsonText text)
{
    public void Map(RouteTable routes)
    {
        routes.Get("/subjects/{subject}/versions", List);
        routes.Map("POST", "/subjects/{subject}/versions", RegisterAsync);
        routes.Get("/subjects/{subject}/versions/{version}", request =>
            Answer.Json(text.Version(Find(request, request.Flag("deleted")), request.Text("format"))));
        routes.Map("DELETE", "/subjects/{subject}/versions/{version}", async (request, cancellation) =>
            Answer.Json(await deletion.DeleteVersionAsync(request.Subject, request.Version, request.Flag("permanent"), cancellation).ConfigureAwait(false)));
        routes.Get("/subjects/{subject}/versions/{version}/schema", request =>
            Answer.Text(text.Text(Find(request, request.Flag("deleted")), request.Text("format"))));
        routes.Get("/subjects/{subject}/versions/{version}/referencedby", ReferencedBy);
    }

    private Answer List(RegistryRequest request)
    {
        bool deletedOnly = request.Flag("deletedOnly");
        bool deleted = request.Flag("deleted");
        IReadOnlyList<SchemaVersion> versions = table.Versions(request.Subject);
        if (!versions.Any(version => deleted || deletedOnly || !version.Deleted))
        {
            throw RegistryException.SubjectNotFound(request.Subject);
        }

        IEnumerable<int> numbers = request.Flag("deletedAsNegative")
            ? versions.Select(version => version.Deleted ? -version.Version : version.Version)
            : versions.Where(version => version.Deleted ? deleted || deletedOnly : !deletedOnly).Select(version => version.Version);
        return Answer.Json(RegistryJson.Array(request.Page(numbers)));
    }

    private async Task<Answer> RegisterAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        JsonObject body = await request.BodyAsync(cancellationToken).ConfigureAwait(false);
        int? id = RequestBody.Number(body, "id");
        var wanted = new RegistrationRequest(
            request.Subject, RequestBody.Schema(body), RequestBody.Number(body, "version"), id >= 0 ? id : null, request.Flag("normalize"));
        return Answer.Json(new JsonObject { ["id"] = await registration.RegisterAsync(wanted, cancellationToken).ConfigureAwait(false) });
    }

    private Answer ReferencedBy(RegistryRequest request)
    {
        SchemaVersion found = Find(request, withDeleted: true);
        bool deleted = request.Flag("deleted");
        IEnumerable<int> ids = table.Referrers(found.Subject, found.Version).Where(version => deleted || !version.Deleted).Select(version => version.Id).Distinct().Order();
        return Answer.Json(RegistryJson.Array(request.Page(ids, SchemaEndpoints.MostSchemas)));
    }

    private SchemaVersion Find(RegistryRequest request, bool withDeleted)
    {
        int wanted = request.Version;
        IReadOnlyList<SchemaVersion> versions = table.Versions(request.Subject);
        SchemaVersion? found = wanted == VersionSelector.Latest
            ? versions.LastOrDefault(version => !version.Deleted)
            : versions.FirstOrDefault(version => version.Version == wanted && (withDeleted || !version.Deleted));
        return found
            ?? throw (versions.Any(version => withDeleted || !version.Deleted) ? RegistryException.VersionNotFound(wanted) : RegistryException.SubjectNotFound(request.Subject));
    }
}
