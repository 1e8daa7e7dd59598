using System.Text;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>
/// How a field is made of a piece: one expression (<c>attributes.title</c>), a text with expressions in braces (<c>{name} lost {amount}</c>), or a
/// fixed text behind an equals sign (<c>=High</c>). An expression may name others to stand in for it: <c>content | summary</c>.
/// </summary>
internal sealed class FieldTemplate
{
    private const int LongestText = 2000;

    private readonly IReadOnlyList<(string Text, string[] Expressions)> _parts;

    private FieldTemplate(IReadOnlyList<(string Text, string[] Expressions)> parts) => _parts = parts;

    /// <returns>What is wrong, or null.</returns>
    public static string? TryParse(string text, Func<string, string?> check, out FieldTemplate? template)
    {
        template = null;
        if (text.Length > LongestText)
        {
            return "The expression is longer than 2000 characters.";
        }

        if (text[0] == '=')
        {
            template = new FieldTemplate([(text[1..], [])]);
            return null;
        }

        var parts = new List<(string Text, string[] Expressions)>();
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            parts.Add(("", Alternatives(text)));
        }
        else if (Split(text, parts) is { } wrong)
        {
            return wrong;
        }

        foreach (string expression in parts.SelectMany(part => part.Expressions))
        {
            if (expression.Length == 0 || check(expression) is not null)
            {
                return expression.Length == 0 ? $"'{text}' has an empty expression." : check(expression);
            }
        }

        template = new FieldTemplate(parts);
        return null;
    }

    /// <summary>Every expression of it.</summary>
    public IEnumerable<string> Expressions => _parts.SelectMany(part => part.Expressions);

    /// <summary>The text, or null when no expression of it gives anything.</summary>
    public string? Evaluate(Func<string, string?> valueOf)
    {
        var text = new StringBuilder();
        bool any = _parts.All(part => part.Expressions.Length == 0);
        foreach ((string before, string[] expressions) in _parts)
        {
            text.Append(before);
            foreach (string expression in expressions)
            {
                if (valueOf(expression) is { Length: > 0 } value)
                {
                    text.Append(value);
                    any = true;
                    break;
                }
            }
        }

        return any ? text.ToString() : null;
    }

    private static string? Split(string text, List<(string Text, string[] Expressions)> parts)
    {
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add((text[at..], []));
                break;
            }

            int close = text.IndexOf('}', open);
            if (close < 0)
            {
                return $"'{text}' has a '{{' that nothing closes.";
            }

            parts.Add((text[at..open], Alternatives(text[(open + 1)..close])));
            at = close + 1;
        }

        return null;
    }

    private static string[] Alternatives(string text) => text.Split(" | ", StringSplitOptions.TrimEntries);
}
