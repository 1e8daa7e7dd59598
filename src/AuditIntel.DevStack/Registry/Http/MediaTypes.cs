using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary>Which media types are taken and given ("Content Types" of the API reference; class <c>Versions</c> of confluentinc/schema-registry).</summary>
internal static class MediaTypes
{
    public const string V1 = "application/vnd.schemaregistry.v1+json";

    private const string Newest = "application/vnd.schemaregistry+json";
    private const string Json = "application/json";
    private const string Generic = "application/octet-stream";

    /// <summary>What can be given, the most wanted first.</summary>
    private static readonly string[] Given = [V1, Newest, Json];

    /// <summary>The type that suits the client best: a type beats a wildcard, then the higher quality wins, then the more wanted.</summary>
    /// <exception cref="RegistryException">None suits.</exception>
    public static string ForAnswer(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return V1;
        }

        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? ranges))
        {
            throw RegistryException.Http(400, "Bad Request");
        }

        return (from range in ranges
                where range.Quality is not 0
                from type in Given
                where Suits(range, type)
                orderby (range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0), -(range.Quality ?? 1), Array.IndexOf(Given, type)
                select type).FirstOrDefault() ?? throw RegistryException.Http(406, "Not Acceptable");
    }

    /// <exception cref="RegistryException">The body is of a type that is not taken.</exception>
    public static void CheckBody(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !(Given.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase) || type.MediaType.Equals(Generic, StringComparison.OrdinalIgnoreCase)))
        {
            throw RegistryException.Http(415, "Unsupported Media Type");
        }
    }

    private static bool Suits(MediaTypeHeaderValue range, string type) =>
        range.MatchesAllTypes
        || (range.MatchesAllSubTypes && range.Type.Equals("application", StringComparison.OrdinalIgnoreCase))
        || range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
