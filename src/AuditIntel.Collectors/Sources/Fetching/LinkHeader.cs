using System.Text.RegularExpressions;

namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>The header <c>Link</c> (RFC 8288).</summary>
internal static partial class LinkHeader
{
    /// <summary>The target whose relation is next, or null.</summary>
    public static Uri? Next(string value, Uri address)
    {
        foreach (Match match in Target().Matches(value))
        {
            if (match.Groups["relation"].Value.Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase) && Uri.TryCreate(address, match.Groups["target"].Value, out Uri? next))
            {
                return next;
            }
        }

        return null;
    }

    [GeneratedRegex("<(?<target>[^>]*)>[^<]*?;\\s*rel\\s*=\\s*\"?(?<relation>[^\",;]+)\"?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Target();
}
