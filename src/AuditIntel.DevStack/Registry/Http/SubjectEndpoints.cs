using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Operations;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary><c>/subjects</c>: lists, looks schemas up, deletes.</summary>
internal sealed class SubjectEndpoints(
    SchemaTable table, SchemaParser parser, Lookup lookup, SettingsInScope settings, Deletion deletion, SchemaJsonText text)
{
    private const string AnyContext = ":*:";

    public void Map(RouteTable routes)
    {
        routes.Get("/subjects", List);
        routes.Map("POST", "/subjects/{subject}", LookUpAsync);
        routes.Map("DELETE", "/subjects/{subject}", async (request, cancellation) =>
            Answer.Json(RegistryJson.Array(await deletion.DeleteSubjectAsync(request.Subject, request.Flag("permanent"), cancellation).ConfigureAwait(false))));
    }

    private Answer List(RegistryRequest request)
    {
        string prefix = request.Text("subjectPrefix") ?? "";
        prefix = prefix.StartsWith(AnyContext, StringComparison.Ordinal) ? prefix[AnyContext.Length..] : prefix;
        bool deletedOnly = request.Flag("deletedOnly");
        bool deleted = request.Flag("deleted");
        IEnumerable<string> subjects = table.All()
            .GroupBy(version => version.Subject)
            .Where(versions => versions.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Where(versions => versions.All(version => version.Deleted) ? deleted || deletedOnly : !deletedOnly)
            .Select(versions => versions.Key);
        return Answer.Json(RegistryJson.Array(request.Page(subjects)));
    }

    private async Task<Answer> LookUpAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        JsonObject body = await request.BodyAsync(cancellationToken).ConfigureAwait(false);
        string subject = request.Subject;
        bool deleted = request.Flag("deleted");
        ParsedSchema wanted = parser.Parse(RequestBody.Schema(body), request.Flag("normalize") || settings.Normalize(subject));
        SchemaVersion? found = lookup.Find(subject, wanted, deleted);
        if (found is null)
        {
            throw table.Versions(subject).Any(version => deleted || !version.Deleted) ? RegistryException.SchemaNotFound() : RegistryException.SubjectNotFound(subject);
        }

        return Answer.Json(text.Version(found, request.Text("format")));
    }
}
