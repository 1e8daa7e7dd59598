using System.Text.RegularExpressions;
using AuditIntel.Collectors.Files;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Sherlock;

/// <summary>
/// A submission in a judging repository of Sherlock, one file each: author, severity, <c># title</c>, then sections. In 2022 the severity stood in a
/// section of its own. The folder says the contest, the one below it the group that the judges put it in.
/// </summary>
internal static partial class SherlockSubmissionParser
{
    private const string JudgingSuffix = "-judging";

    private static readonly string[] Sections = ["## Summary", "## Vulnerability Detail", "## Impact", "## Root Cause", "## Code Snippet", "## Recommendation"];

    public static bool Recognises(SourceFile file, string text) =>
        file.Folders.Any(folder => folder.EndsWith(JudgingSuffix, StringComparison.Ordinal))
        || Sections.Count(section => text.Contains(section, StringComparison.OrdinalIgnoreCase)) >= 3;

    /// <summary>The contest that a file belongs to: the folder that ends in -judging, or else the one that holds the file.</summary>
    public static Contest ContestOf(ReportContext report)
    {
        string folder = report.File.Folders.FirstOrDefault(name => name.EndsWith(JudgingSuffix, StringComparison.Ordinal)) ?? report.File.Folders.First();
        string id = folder.EndsWith(JudgingSuffix, StringComparison.Ordinal) ? folder[..^JudgingSuffix.Length] : folder;
        DateTimeOffset? month = id.Length >= 7 ? ReportContext.Day(id[..7]) : null;
        return new Contest
        {
            Platform = Platforms.Sherlock,
            Id = id,
            Name = month is null ? id : id[7..].TrimStart('-'),
            StartedOn = month is { } day ? DateOnly.FromDateTime(day.UtcDateTime) : null,
            SourcePath = report.File.RelativePath,
            CollectedAt = report.CollectedAt,
        };
    }

    public static Collected Parse(ReportContext report)
    {
        string group = report.File.Folders.First();
        string nativeId = group.EndsWith(JudgingSuffix, StringComparison.Ordinal) ? report.File.Stem : $"{group}/{report.File.Stem}";
        (string head, string title, string body) = Split(report.Text);
        string[] lines = [.. head.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        string? severity = lines.Length > 1 ? lines[1] : SeveritySection(body);
        return report.Finding(
            Platforms.Sherlock, ContestOf(report).Id, nativeId, title, body, severity, lines.Length > 0 ? [lines[0]] : [], url: null, publishedAt: null);
    }

    /// <summary>What stands before the first heading of level 1, the heading, and what stands behind it.</summary>
    private static (string Head, string Title, string Body) Split(string text)
    {
        Match title = TitleLine().Match(text);
        if (!title.Success)
        {
            return (text.Split('\n')[0], "", text);
        }

        return (text[..title.Index], title.Groups["title"].Value.Trim(), text[(title.Index + title.Length)..].Trim('\r', '\n'));
    }

    private static string? SeveritySection(string body)
    {
        Match match = SeverityHeading().Match(body);
        return match.Success ? match.Groups["word"].Value.Trim() : null;
    }

    [GeneratedRegex(@"^#[ \t]*(?<title>[^#\s][^\n]*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TitleLine();

    [GeneratedRegex(@"^##[ \t]*Severity[^\n]*\n\s*(?<word>[^\n]+)$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SeverityHeading();
}
