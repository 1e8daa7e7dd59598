using AuditIntel.Collectors.Chain.Files;
using AuditIntel.Collectors.Code4rena;
using AuditIntel.Collectors.Files;
using AuditIntel.Collectors.Firms;
using AuditIntel.Collectors.Markdown;
using AuditIntel.Collectors.Sherlock;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors;

/// <summary>Reads findings and contests from files: one file at a time, in a fixed order. What it cannot take becomes a dead letter.</summary>
public sealed class FindingsFileCollector
{
    private readonly CollectionOptions _options;
    private readonly IReadOnlyList<SourceFile> _files;
    private readonly HashSet<string> _code4renaContests = [];
    private readonly HashSet<string> _sherlockContests = [];

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    public FindingsFileCollector(IEnumerable<string> paths, CollectionOptions options)
    {
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _options = options;
        _files = FileDiscovery.Find(paths);
    }

    public int FilesTotal => _files.Count;

    public int FilesDone { get; private set; }

    /// <summary>Files that are neither markdown nor a known table.</summary>
    public int FilesSkipped { get; private set; }

    /// <summary>Everything in the files, contests of a report before its findings.</summary>
    public IEnumerable<Collected> Collect()
    {
        foreach (SourceFile file in _files)
        {
            foreach (Collected item in Guarded(file))
            {
                if (item is Collected.OfContest { Contest.Platform: Platforms.Code4rena } contest)
                {
                    _code4renaContests.Add(contest.Contest.Id);
                }

                yield return item;
            }

            FilesDone++;
        }
    }

    private IEnumerable<Collected> Guarded(SourceFile file)
    {
        if (!FileDiscovery.IsMarkdown(file) && !FileDiscovery.IsTable(file))
        {
            FilesSkipped++;
            return [];
        }

        if (FileDiscovery.IsTable(file) && ChainFile.IsChainData(file))
        {
            // The chain collector's, which also says what is wrong with it.
            FilesSkipped++;
            return [];
        }

        DateTimeOffset now = _options.Clock.GetUtcNow();
        try
        {
            // A file's pieces are gathered before the first is given out, so that one that breaks in the middle is refused as a whole.
            return [.. Read(new ReportContext(file, SourceText.Read(file, _options.LargestFile), now))];
        }
        catch (CollectionException e)
        {
            return
            [
                new Collected.OfDeadLetter(DeadLetters.Make(
                    _options.Platform, file.RelativePath, file.RelativePath, e.ErrorClass, e.Message, e.Payload, e.PayloadLength, now)),
            ];
        }
    }

    private IEnumerable<Collected> Read(ReportContext report)
    {
        if (FileDiscovery.IsTable(report.File))
        {
            if (ContestsTableParser.Recognises(report.Text))
            {
                return ContestsTableParser.Parse(report);
            }

            FilesSkipped++;
            return [];
        }

        IReadOnlyDictionary<string, string> frontMatter = FrontMatter.Read(report.Text);
        if (_options.Platform is Platforms.Code4rena || (_options.Platform is null && Code4renaReportParser.Recognises(frontMatter, report.Text)))
        {
            return FindingsOf(report, Code4renaReportParser.Parse(report, frontMatter, _code4renaContests));
        }

        if (_options.Platform is Platforms.Sherlock || (_options.Platform is null && SherlockSubmissionParser.Recognises(report.File, report.Text)))
        {
            return Submission(report);
        }

        IReadOnlyList<Heading> headings = MarkdownOutline.Headings(report.File, report.Text);
        return FirmReportParser.Recognises(headings)
            ? FindingsOf(report, FirmReportParser.Parse(report, _options.Platform ?? FirmReportParser.PlatformOf(report.File), headings))
            : throw NothingFound(report);
    }

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
