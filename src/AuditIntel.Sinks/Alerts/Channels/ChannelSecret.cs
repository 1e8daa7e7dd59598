namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>A password, key or address with a token in it. It shows itself to nobody by accident.</summary>
internal sealed class ChannelSecret(string value)
{
    private const string Hidden = "***";
    private const int ShortestPart = 8;

    /// <summary>Longest part first, so that what contains another goes as a whole.</summary>
    private readonly string[] _hidden = [.. Parts(value).OrderByDescending(part => part.Length)];

    public string Reveal() => value;

    /// <summary>The text without the secret, and without the parts of a path that may be tokens.</summary>
    public string Redact(string text)
    {
        foreach (string part in _hidden)
        {
            text = text.Replace(part, Hidden, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    public override string ToString() => Hidden;

    private static IEnumerable<string> Parts(string value)
    {
        yield return value;
        if (Uri.TryCreate(value, UriKind.Absolute, out Uri? address))
        {
            foreach (string part in address.PathAndQuery.Split(['/', '?', '&', '='], StringSplitOptions.RemoveEmptyEntries))
            {
                if (part.Length >= ShortestPart)
                {
                    yield return part;
                }
            }
        }
    }
}
