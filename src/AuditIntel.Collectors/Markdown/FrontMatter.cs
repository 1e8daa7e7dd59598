namespace AuditIntel.Collectors.Markdown;

/// <summary>The block of <c>key: value</c> lines between two <c>---</c> lines at the start of a document.</summary>
internal static class FrontMatter
{
    /// <summary>Keys in lower case; empty when there is no such block.</summary>
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        var fields = new Dictionary<string, string>();
        using var reader = new StringReader(text);
        if (reader.ReadLine()?.Trim() != "---")
        {
            return fields;
        }

        while (reader.ReadLine() is { } line && line.Trim() != "---")
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                fields[line[..colon].Trim().ToLowerInvariant()] = line[(colon + 1)..].Trim().Trim('"', '\'');
            }
        }

        return fields;
    }
}
