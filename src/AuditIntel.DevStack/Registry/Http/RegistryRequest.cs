using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Schemas;
using Microsoft.AspNetCore.Http;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary>A request whose route is known.</summary>
/// <param name="http">As it came.</param>
/// <param name="open">What stands in the path where the route leaves it open.</param>
internal sealed class RegistryRequest(HttpRequest http, IReadOnlyList<string> open)
{
    private const string DefaultContext = ":.:";
    private static readonly string[] ReservedSubjects = ["__GLOBAL", "__EMPTY"];

    /// <summary>The subject, which is the first open segment.</summary>
    /// <exception cref="RegistryException">No subject can have that name.</exception>
    public string Subject => CheckedSubject(open[0]);

    /// <summary>The version, which is the second open segment; <see cref="VersionSelector.Latest"/> for the newest.</summary>
    /// <exception cref="RegistryException">It is none.</exception>
    public int Version => VersionSelector.Parse(open[1]);

    /// <summary>The id, which is the first open segment.</summary>
    /// <exception cref="RegistryException">It is no number.</exception>
    public int Id => int.TryParse(open[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id) ? id : throw RegistryException.Http(404, "Not Found");

    public bool Flag(string name) => string.Equals(http.Query[name], "true", StringComparison.OrdinalIgnoreCase);

    public string? Text(string name) => http.Query[name];

    /// <summary>The part of a list that <c>offset</c> and <c>limit</c> ask for.</summary>
    /// <param name="items">The list.</param>
    /// <param name="most">Longest part.</param>
    /// <exception cref="RegistryException">They are no numbers.</exception>
    public IEnumerable<T> Page<T>(IEnumerable<T> items, int most = int.MaxValue)
    {
        int limit = Number("limit", -1);
        return items.Skip(Math.Max(0, Number("offset", 0))).Take(limit > 0 && limit <= most ? limit : most);
    }

    /// <exception cref="RegistryException">It is no JSON object.</exception>
    public async Task<JsonObject> BodyAsync(CancellationToken cancellationToken)
    {
        MediaTypes.CheckBody(http);
        try
        {
            JsonNode? body = await JsonNode.ParseAsync(http.Body, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (body is null)
            {
                throw RegistryException.Unprocessable("The request body must not be null");
            }

            JsonObject members = body as JsonObject ?? throw RegistryException.BadRequest("The request body is no JSON object");
            Decode(members);
            return members;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw RegistryException.BadRequest($"The request body is no JSON: {e.Message}");
        }
    }

    /// <summary>Decodes every text now: left to its first use, one that is no UTF-8, or a name that is there twice, would fail wherever that is.</summary>
    private static void Decode(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((_, JsonNode? member) in members)
                {
                    Decode(member);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Decode(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }

    private static string CheckedSubject(string subject)
    {
        string name = subject.StartsWith(DefaultContext, StringComparison.Ordinal) ? subject[DefaultContext.Length..] : subject;
        bool good = name.Length > 0 && !name.Any(char.IsControl) && !ReservedSubjects.Contains(name) && !name.StartsWith(":.", StringComparison.Ordinal);
        return good ? name : throw RegistryException.InvalidSubject(subject);
    }

    private int Number(string name, int otherwise)
    {
        string? text = http.Query[name];
        return text is null
            ? otherwise
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : throw RegistryException.Http(404, "Not Found");
    }
}
