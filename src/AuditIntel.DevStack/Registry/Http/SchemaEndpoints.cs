using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary><c>/schemas</c>: schemas by id, and lists of all.</summary>
internal sealed class SchemaEndpoints(SchemaTable table, SchemaJsonText text)
{
    /// <summary>Longest list of schemas in one answer.</summary>
    public const int MostSchemas = 1000;

    public void Map(RouteTable routes)
    {
        routes.Get("/schemas", List);
        routes.Get("/schemas/types", _ => Answer.Json(RegistryJson.Array([SchemaContent.Avro])));
        routes.Get("/schemas/ids/{id}", ById);
        routes.Get("/schemas/ids/{id}/schema", request => Answer.Text(text.Text(Find(request), request.Text("format"))));
        routes.Get("/schemas/ids/{id}/subjects", request => Answer.Json(RegistryJson.Array(request.Page(Uses(request).Select(version => version.Subject).Distinct()))));
        routes.Get("/schemas/ids/{id}/versions", request => Answer.Json(new JsonArray(
        [
            .. request.Page(Uses(request)).Select(version => new JsonObject { ["subject"] = version.Subject, ["version"] = version.Version }),
        ])));
    }

    private Answer List(RegistryRequest request)
    {
        string prefix = request.Text("subjectPrefix") ?? "";
        bool deleted = request.Flag("deleted");
        IEnumerable<SchemaVersion> versions = table.All()
            .Where(version => (deleted || !version.Deleted) && version.Subject.StartsWith(prefix, StringComparison.Ordinal));
        if (request.Flag("latestOnly"))
        {
            versions = versions.GroupBy(version => version.Subject).Select(subject => subject.Last());
        }

        return Answer.Json(new JsonArray([.. request.Page(versions, MostSchemas).Select(version => text.Version(version))]));
    }

    private Answer ById(RegistryRequest request)
    {
        JsonObject json = text.Schema(Find(request), request.Text("format"));
        if (request.Flag("fetchMaxId"))
        {
            json["maxId"] = table.LastId;
        }

        return Answer.Json(json);
    }

    /// <summary>Softly deleted schemas are found too: data that was written with them is still to be read. <c>subject</c> is a hint that ids of one context do not need.</summary>
    private SchemaVersion Find(RegistryRequest request) => table.Uses(request.Id) is [var first, ..] ? first : throw RegistryException.SchemaNotFound(request.Id);

    private IEnumerable<SchemaVersion> Uses(RegistryRequest request)
    {
        IReadOnlyList<SchemaVersion> versions = table.Uses(request.Id);
        bool deleted = request.Flag("deleted");
        return versions.Count > 0 ? versions.Where(version => deleted || !version.Deleted) : throw RegistryException.SchemaNotFound();
    }
}
