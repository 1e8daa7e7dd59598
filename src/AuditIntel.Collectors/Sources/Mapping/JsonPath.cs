using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>
/// A part of RFC 9535: <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[0]</c>, <c>[*]</c> and <c>.*</c>, without filters; the leading <c>$.</c> may be left out.
/// </summary>
internal sealed class JsonPath
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("]{}()?'\" ");

    private readonly IReadOnlyList<Step> _steps;

    private JsonPath(IReadOnlyList<Step> steps) => _steps = steps;

    private readonly record struct Step(string? Name, int Index, bool All);

    /// <returns>What is wrong, or null.</returns>
    public static string? Check(string text) => TryParse(text, out _);

    /// <returns>What is wrong, or null.</returns>
    public static string? TryParse(string text, out JsonPath? path)
    {
        path = null;
        var steps = new List<Step>();
        int at = text.StartsWith('$') ? 1 : 0;
        bool first = at == 0;
        while (at < text.Length)
        {
            int end;
            if (text[at] == '[')
            {
                end = text.IndexOf(']', at);
                if (end < 0 || InBrackets(text[(at + 1)..end].Trim()) is not { } step)
                {
                    return Wrong(text, at);
                }

                steps.Add(step);
                end++;
            }
            else
            {
                int begin = text[at] == '.' ? at + 1 : at;
                if (begin == at && !first)
                {
                    return Wrong(text, at);
                }

                end = text.AsSpan(begin).IndexOfAny('.', '[');
                end = end < 0 ? text.Length : begin + end;
                string name = text[begin..end];
                if (name.Length == 0 || name.AsSpan().ContainsAny(NotInNames))
                {
                    return Wrong(text, at);
                }

                steps.Add(name == "*" ? new Step(null, 0, All: true) : new Step(name, 0, All: false));
            }

            first = false;
            at = end;
        }

        path = new JsonPath(steps);
        return null;
    }

    /// <exception cref="ArgumentException">The path is wrong.</exception>
    public static JsonPath Parse(string text) => TryParse(text, out JsonPath? path) is { } wrong ? throw new ArgumentException(wrong, nameof(text)) : path!;

    /// <summary>Every value that the path leads to, in the order of the document.</summary>
    public IEnumerable<JsonElement> Select(JsonElement root)
    {
        IEnumerable<JsonElement> at = [root];
        foreach (Step step in _steps)
        {
            at = at.SelectMany(element => Follow(element, step));
        }

        return at;
    }

    /// <summary>The first value as text; those of a list are joined with commas. Null for none and for null.</summary>
    public string? Text(JsonElement root)
    {
        string?[] texts = [.. Select(root).Select(AsText).Where(text => text is not null)];
        return texts.Length == 0 ? null : string.Join(", ", texts);
    }

    private static IEnumerable<JsonElement> Follow(JsonElement element, Step step) => element.ValueKind switch
    {
        JsonValueKind.Array when step.All => element.EnumerateArray(),
        JsonValueKind.Object when step.All => element.EnumerateObject().Select(property => property.Value),
        JsonValueKind.Array when step.Name is null && step.Index < element.GetArrayLength() => [element[step.Index]],
        JsonValueKind.Object when step.Name is not null && element.TryGetProperty(step.Name, out JsonElement value) => [value],
        _ => [],
    };

    private static string? AsText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        JsonValueKind.Array when element.GetArrayLength() > 0 => string.Join(", ", element.EnumerateArray().Select(AsText).Where(text => text is not null)),
        _ => null,
    };

    private static Step? InBrackets(string inner)
    {
        if (inner == "*")
        {
            return new Step(null, 0, All: true);
        }

        if (inner.Length >= 3 && inner[0] is '\'' or '"' && inner[^1] == inner[0])
        {
            return new Step(inner[1..^1], 0, All: false);
        }

        return int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? new Step(null, index, All: false) : null;
    }

    private static string Wrong(string text, int at) =>
        string.Create(CultureInfo.InvariantCulture, $"'{text}' is no path at character {at + 1}; say for example data.items[*] or attributes.title.");
}
