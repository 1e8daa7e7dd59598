using System.Text.RegularExpressions;
using AuditIntel.Collectors.Markdown;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Code4rena;

/// <summary>
/// A contest report of Code4rena: front matter, then a heading for each finding, <c>## [[H-01] title](issue url)</c>, with or without the link, at level
/// 2 or 3. A finding's text reaches to the next finding or to the next heading of its level or above.
/// </summary>
internal static partial class Code4renaReportParser
{
    /// <summary>Whether the front matter is that of a Code4rena report.</summary>
    public static bool Recognises(IReadOnlyDictionary<string, string> frontMatter, string text) =>
        frontMatter.ContainsKey("contest") && (frontMatter.ContainsKey("sponsor") || text.Contains("code-423n4", StringComparison.Ordinal));

    public static IEnumerable<Collected> Parse(ReportContext report, IReadOnlyDictionary<string, string> frontMatter, IReadOnlySet<string> knownContests)
    {
        string contest = frontMatter.TryGetValue("contest", out string? number) && number.Length > 0 ? number : report.File.Stem;
        DateTimeOffset? publishedAt = ReportContext.Day(frontMatter.GetValueOrDefault("date"));
        if (!knownContests.Contains(contest))
        {
            yield return new Collected.OfContest(new Contest
            {
                Platform = Platforms.Code4rena,
                Id = contest,
                Name = frontMatter.GetValueOrDefault("title") is { Length: > 0 } title ? title : contest,
                StartedOn = StartedOn(frontMatter.GetValueOrDefault("slug")),
                Url = frontMatter.GetValueOrDefault("findings"),
                SourcePath = report.File.RelativePath,
                CollectedAt = report.CollectedAt,
            });
        }

        IReadOnlyList<Heading> headings = MarkdownOutline.Headings(report.File, report.Text);
        var ids = new UniqueIds();
        for (int i = 0; i < headings.Count; i++)
        {
            if (headings[i].Level is 2 or 3 && FindingHeading().Match(headings[i].Text) is { Success: true } match)
            {
                string body = report.Text[headings[i].End..BodyEnd(headings, i, report.Text.Length)].Trim('\r', '\n');
                string id = $"{match.Groups["letter"].Value.ToUpperInvariant()}-{match.Groups["number"].Value}";
                string rest = match.Groups["rest"].Value;
                yield return report.Finding(
                    Platforms.Code4rena, contest, ids.Take(id), Title(rest), body, Severity(id), Code4renaAuthors.Of(body), Url(rest), publishedAt);
            }
        }
    }

    private static int BodyEnd(IReadOnlyList<Heading> headings, int index, int end)
    {
        for (int i = index + 1; i < headings.Count; i++)
        {
            bool isFinding = headings[i].Level is 2 or 3 && FindingHeading().IsMatch(headings[i].Text);
            if (isFinding || headings[i].Level == 1)
            {
                return headings[i].Start;
            }
        }

        return end;
    }

    private static string Severity(string id) => id[0] switch
    {
        'H' => "High Risk",
        'M' => "Medium Risk",
        'L' => "Low Risk",
        'N' => "Non-Critical",
        'G' => "Gas Optimization",
        _ => "QA",
    };

    /// <summary>The text before the link's target: <c>title](https://...)</c>.</summary>
    private static string Title(string rest)
    {
        int link = rest.LastIndexOf("](", StringComparison.Ordinal);
        return (link >= 0 ? rest[..link] : rest).Trim().TrimEnd(']').Trim();
    }

    private static string? Url(string rest)
    {
        int link = rest.LastIndexOf("](", StringComparison.Ordinal);
        return link >= 0 && rest.EndsWith(')') ? rest[(link + 2)..^1].Trim() : null;
    }

    /// <summary>The month that begins a slug, 2021-05-visorfinance.</summary>
    private static DateOnly? StartedOn(string? slug) =>
        slug is { Length: >= 7 } && ReportContext.Day(slug[..7]) is { } day ? DateOnly.FromDateTime(day.UtcDateTime) : null;

    [GeneratedRegex(@"^\[{0,2}\s*(?<letter>H|M|L|NC|N|G|QA|Q)-?(?<number>\d{1,3})\]?[\s:.]*(?<rest>.*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FindingHeading();
}
