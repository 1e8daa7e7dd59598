using System.Globalization;
using System.Text.RegularExpressions;
using AuditIntel.Collectors.Files;
using AuditIntel.Collectors.Markdown;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Firms;

/// <summary>
/// A report of an audit firm: sections by severity (<c>## High Risk</c>), below them a heading for each finding. A heading with an id of its own
/// (<c>[M-01]</c>, <c>TRST-M-1</c>, <c>3S-NAME-M01</c>) is a finding at whatever level it stands.
/// </summary>
internal static partial class FirmReportParser
{
    /// <summary>Whether there is a section that is named after a severity.</summary>
    public static bool Recognises(IReadOnlyList<Heading> headings) => headings.Any(heading => heading.Level <= 3 && SeverityOf(heading.Text) is not null);

    public static IEnumerable<Collected> Parse(ReportContext report, string platform, IReadOnlyList<Heading> headings)
    {
        string contest = report.File.Stem;
        Match dated = DatedName().Match(contest);
        DateTimeOffset? publishedAt = dated.Success ? ReportContext.Day(dated.Groups["date"].Value) : null;
        yield return new Collected.OfContest(new Contest
        {
            Platform = platform,
            Id = contest,
            Name = dated.Success ? dated.Groups["name"].Value : contest,
            StartedOn = publishedAt is { } day ? DateOnly.FromDateTime(day.UtcDateTime) : null,
            SourcePath = report.File.RelativePath,
            CollectedAt = report.CollectedAt,
        });

        var ids = new UniqueIds();
        var numbers = new Dictionary<string, int>();
        foreach ((Heading heading, string severity, int end) in Findings(headings, report.Text.Length))
        {
            (string? id, string title) = Title(heading.Text);
            id ??= string.Create(CultureInfo.InvariantCulture, $"{severity[..1].ToUpperInvariant()}-{numbers[severity] = numbers.GetValueOrDefault(severity) + 1:00}");
            yield return report.Finding(
                platform, contest, ids.Take(id), title, report.Text[heading.End..end].Trim('\r', '\n'), severity, [Firm(report.File)], url: null, publishedAt);
        }
    }

    /// <summary>The firm: the folder that holds the report.</summary>
    public static string PlatformOf(SourceFile file) => Platforms.Firm(Firm(file));

    private static string Firm(SourceFile file) => file.Folders.First();

    /// <summary>Findings with their section's severity, and where their text ends.</summary>
    private static IEnumerable<(Heading Heading, string Severity, int End)> Findings(IReadOnlyList<Heading> headings, int length)
    {
        string? severity = null;
        int sectionLevel = 0;
        for (int i = 0; i < headings.Count; i++)
        {
            Heading heading = headings[i];
            bool named = OwnId().IsMatch(heading.Text);
            if (!named && SeverityOf(heading.Text) is { } section && (severity is null || heading.Level <= sectionLevel))
            {
                severity = section;
                sectionLevel = heading.Level;
            }
            else if (severity is not null && !named && heading.Level < sectionLevel)
            {
                severity = null;
            }
            else if (severity is not null && IsFinding(heading, sectionLevel, named))
            {
                int next = i + 1;
                while (next < headings.Count && !EndsFinding(headings[next], sectionLevel))
                {
                    next++;
                }

                yield return (heading, severity, next < headings.Count ? headings[next].Start : length);
            }
        }
    }

    private static bool IsFinding(Heading heading, int sectionLevel, bool named) => named || heading.Level == sectionLevel + 1;

    private static bool EndsFinding(Heading heading, int sectionLevel) =>
        heading.Level <= sectionLevel + 1 || OwnId().IsMatch(heading.Text);

    private static (string? Id, string Title) Title(string text)
    {
        Match match = OwnId().Match(text);
        return match.Success ? (match.Groups["id"].Value.ToUpperInvariant(), text[match.Length..].Trim(' ', '-', ':', '.')) : (null, text);
    }

    /// <summary>The word as the report has it, or null when the heading names no severity.</summary>
    private static string? SeverityOf(string text)
    {
        Match match = SeverityHeading().Match(text);
        return match.Success ? text.Trim() : null;
    }

    [GeneratedRegex(
        @"^((\d+(\.\d+)*)\.?\s*)?(critical|high|medium|low|informational|info|gas|non-critical|qa|best practices?|minor|major|undetermined|notes?|recommendations?|governance|centralization|code quality)(\s+(risk|severity|findings?|issues?|optimi[sz]ations?|improvements?|impact|&|and|/|\w+))*(\s*\(\d+\))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SeverityHeading();

    [GeneratedRegex(
        @"^\[?(?<id>(TRST|3S-[A-Z0-9]+|C|H|M|L|I|G|N|NC|QA|R|S|D|B|Q)-?([A-Z]{1,2}-?)?\d{1,3})(\]|\b)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OwnId();

    [GeneratedRegex(@"^(?<date>\d{4}-\d{2}-\d{2})[-_ ](?<name>.+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex DatedName();
}
