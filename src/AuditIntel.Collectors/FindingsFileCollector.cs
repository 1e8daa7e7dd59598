using AuditIntel.Collectors.Chain.Files;
using AuditIntel.Collectors.Files;

namespace AuditIntel.Collectors;

/// <summary>Reads findings and contests from files: one file at a time, in a fixed order. What it cannot take becomes a dead letter.</summary>
public sealed class FindingsFileCollector
{
    private readonly CollectionOptions _options;
    private readonly IReadOnlyList<SourceFile> _files;
    private readonly ReportReader _reports;

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
        _reports = new ReportReader(options.Platform);
        _files = FileDiscovery.Find(paths);
    }

    public int FilesTotal => _files.Count;

    public int FilesDone { get; private set; }

    /// <summary>Files that are neither markdown nor a known table.</summary>
    public int FilesSkipped { get; private set; }

    /// <summary>Everything in the files, contests of a report before its findings; the last finding of a contest says so.</summary>
    public IEnumerable<Collected> Collect()
    {
        var ends = new ContestEnds();
        foreach (Collected item in Read())
        {
            if (ends.Next(item) is { } ready)
            {
                yield return ready;
            }
        }

        if (ends.End() is { } last)
        {
            yield return last;
        }
    }

    private IEnumerable<Collected> Read()
    {
        foreach (SourceFile file in _files)
        {
            foreach (Collected item in Guarded(file))
            {
                _reports.Note(item);
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
        if (_reports.Read(report) is { } items)
        {
            return items;
        }

        FilesSkipped++;
        return [];
    }
}
