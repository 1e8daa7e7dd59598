namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>
/// robots.txt (RFC 9309): groups of user agents and their rules; the longest match decides, and of two that are as long, the allowing one.
/// </summary>
internal sealed class RobotsRules
{
    /// <summary>What is read of a file; the RFC asks for 500 KiB at least.</summary>
    public const int LargestFile = 512 * 1024;

    private const int MostRules = 20_000;

    private readonly List<(string Agent, List<Rule> Rules)> _groups = [];

    private readonly record struct Rule(string Pattern, bool Allows);

    public static RobotsRules AllowAll { get; } = new();

    public static RobotsRules Parse(string text)
    {
        var rules = new RobotsRules();
        var current = new List<List<Rule>>();
        bool inAgents = false;
        int count = 0;
        using var reader = new StringReader(text.TrimStart('\ufeff'));
        while (reader.ReadLine() is { } line && count < MostRules)
        {
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string content = comment >= 0 ? line[..comment] : line;
            int colon = content.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            string key = content[..colon].Trim().ToLowerInvariant();
            string value = content[(colon + 1)..].Trim();
            switch (key)
            {
                case "user-agent":
                    if (!inAgents)
                    {
                        current = [];
                    }

                    inAgents = true;
                    current.Add(rules.GroupOf(Token(value)));
                    break;
                case "allow" or "disallow":
                    inAgents = false;
                    if (value.Length > 0)
                    {
                        count++;
                        current.ForEach(group => group.Add(new Rule(value, key == "allow")));
                    }

                    break;
            }
        }

        return rules;
    }

    /// <param name="userAgent">The whole header; its product token chooses the group.</param>
    /// <param name="pathAndQuery">As in the request line.</param>
    public bool Allows(string userAgent, string pathAndQuery)
    {
        if (pathAndQuery is "/robots.txt")
        {
            return true;
        }

        string token = Token(userAgent.Split('/', ' ')[0]);
        List<Rule>? rules = _groups.Where(group => group.Agent == token).Select(group => group.Rules).FirstOrDefault()
            ?? _groups.Where(group => group.Agent == "*").Select(group => group.Rules).FirstOrDefault();
        int longest = -1;
        bool allowed = true;
        foreach (Rule rule in rules ?? [])
        {
            if ((rule.Pattern.Length > longest || (rule.Pattern.Length == longest && rule.Allows)) && Matches(rule.Pattern, pathAndQuery))
            {
                longest = rule.Pattern.Length;
                allowed = rule.Allows;
            }
        }

        return allowed;
    }

    private List<Rule> GroupOf(string agent)
    {
        foreach ((string known, List<Rule> rules) in _groups)
        {
            if (known == agent)
            {
                return rules;
            }
        }

        _groups.Add((agent, []));
        return _groups[^1].Rules;
    }

    private static string Token(string agent) => agent.Trim().ToLowerInvariant();

    /// <summary>* is any number of characters, $ at the end is the end; everything else is the beginning of the path. Linear in both.</summary>
    private static bool Matches(string pattern, string path)
    {
        bool toEnd = pattern.EndsWith('$');
        string[] parts = (toEnd ? pattern[..^1] : pattern).Split('*');
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        int at = parts[0].Length;
        for (int i = 1; i < parts.Length; i++)
        {
            if (toEnd && i == parts.Length - 1)
            {
                return path.Length - at >= parts[i].Length && path.EndsWith(parts[i], StringComparison.Ordinal);
            }

            int found = path.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + parts[i].Length;
        }

        return !toEnd || at == path.Length;
    }
}
