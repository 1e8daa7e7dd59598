using AuditIntel.Collectors.Code4rena;
using AuditIntel.Collectors.Files;
using AuditIntel.Collectors.Firms;
using AuditIntel.Collectors.Markdown;
using AuditIntel.Collectors.Sherlock;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors;

/// <summary>Reads one report after the other, whoever brings them; the platform is given, or recognised by content.</summary>
internal sealed class ReportReader(string? platform)
{
    private readonly HashSet<string> _code4renaContests = [];
    private readonly HashSet<string> _sherlockContests = [];

    /// <summary>Hears of contests that a table brought: they win over the front matter of reports.</summary>
    public void Note(Collected item)
    {
        if (item is Collected.OfContest { Contest.Platform: Platforms.Code4rena } contest)
        {
            _code4renaContests.Add(contest.Contest.Id);
        }
    }

    /// <summary>What the file holds, contests before their findings; null for a table that is not one of this room's.</summary>
    /// <exception cref="CollectionException">Nothing is recognised in it.</exception>
    public IEnumerable<Collected>? Read(ReportContext report)
    {
        if (FileDiscovery.IsTable(report.File))
        {
            return ContestsTableParser.Recognises(report.Text) ? ContestsTableParser.Parse(report) : null;
        }

        IReadOnlyDictionary<string, string> frontMatter = FrontMatter.Read(report.Text);
        if (platform is Platforms.Code4rena || (platform is null && Code4renaReportParser.Recognises(frontMatter, report.Text)))
        {
            return FindingsOf(report, Code4renaReportParser.Parse(report, frontMatter, _code4renaContests));
        }

        if (platform is Platforms.Sherlock || (platform is null && SherlockSubmissionParser.Recognises(report.File, report.Text)))
        {
            return Submission(report);
        }

        IReadOnlyList<Heading> headings = MarkdownOutline.Headings(report.File, report.Text);
        return FirmReportParser.Recognises(headings)
            ? FindingsOf(report, FirmReportParser.Parse(report, platform ?? FirmReportParser.PlatformOf(report.File), headings))
            : throw NothingFound(report);
    }

    /// <summary>A report whose front matter stands elsewhere.</summary>
    /// <exception cref="CollectionException">Nothing is recognised in it.</exception>
    public IEnumerable<Collected> ReadCode4rena(ReportContext report, IReadOnlyDictionary<string, string> frontMatter) =>
        FindingsOf(report, Code4renaReportParser.Parse(report, frontMatter, _code4renaContests));

    private IEnumerable<Collected> Submission(ReportContext report)
    {
        Contest contest = SherlockSubmissionParser.ContestOf(report);
        if (_sherlockContests.Add(contest.Id))
        {
            yield return new Collected.OfContest(contest);
        }

        yield return SherlockSubmissionParser.Parse(report);
    }

    private static Collected[] FindingsOf(ReportContext report, IEnumerable<Collected> parsed)
    {
        Collected[] items = [.. parsed];
        return items.Any(item => item is not Collected.OfContest) ? items : throw NothingFound(report);
    }

    private static CollectionException NothingFound(ReportContext report)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(report.Text);
        return new CollectionException(
            CollectionError.NoFindings,
            $"No finding is recognised in {report.File.RelativePath}; name its platform with --platform, or leave it out.",
            bytes.Length > SourceText.KeptBytes ? bytes[..SourceText.KeptBytes] : bytes,
            bytes.Length);
    }
}
