using System.Globalization;
using AuditIntel.Collectors.Chain.Files;
using AuditIntel.Collectors.Chain.Labels;
using AuditIntel.Collectors.Files;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain;

/// <summary>
/// Reads transactions, blocks and address labels from files whose layout is recognised by content: one file at a time, in a fixed order,
/// labels first. What cannot be taken becomes a dead letter.
/// </summary>
public sealed class ChainFileCollector
{
    private readonly ChainFileOptions _options;
    private readonly (SourceFile File, ChainFileFormat Format)[] _files;

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    public ChainFileCollector(IEnumerable<string> paths, ChainFileOptions options)
    {
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _options = options;
        _files =
        [
            .. FileDiscovery.Find(paths)
                .Select(file => (File: file, Format: Recognise(file)))
                .Where(each => each.Format is not (ChainFileFormat.None or ChainFileFormat.AccountFlags))
                .OrderBy(each => each.Format)
                .ThenBy(each => each.File.FullPath, StringComparer.Ordinal),
        ];
    }

    /// <summary>Files that hold chain data.</summary>
    public int FilesTotal => _files.Length;

    public int FilesDone { get; private set; }

    public ChainFileCounts Counts { get; } = new();

    /// <summary>Everything in the files.</summary>
    public IEnumerable<ChainCollected> Collect()
    {
        FilesDone = 0;
        foreach (ChainCollected item in CollectLabels().Concat(CollectAnswers()).Concat(CollectLines()))
        {
            Count(item);
            yield return item;
        }
    }

    /// <summary>A file that cannot be looked into is read all the same, so that its dead letter says why.</summary>
    private static ChainFileFormat Recognise(SourceFile file)
    {
        try
        {
            return ChainFile.Recognise(file);
        }
        catch (InvalidDataException)
        {
            return ChainFileFormat.EtherscanCsv;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ChainFileFormat.None;
        }
    }

    private IEnumerable<ChainCollected> CollectLabels()
    {
        var labels = new AddressLabelSet(_options.ChainId);
        foreach ((SourceFile file, _) in _files.Where(each => each.Format == ChainFileFormat.LabelList))
        {
            LabelRowParser? parser = null;
            foreach (ChainCollected item in Lines(file, line =>
            {
                if (parser is null)
                {
                    parser = new LabelRowParser(LabelColumns.Of(CsvLine.Header(line))!, file.Stem);
                    return null;
                }

                foreach ((string address, AddressLabelEntry entry) in parser.Parse(line))
                {
                    labels.Add(address, entry);
                }

                return null;
            }))
            {
                yield return item;
            }

            FilesDone++;
        }

        foreach (AddressLabel label in labels.ToLabels(_options.Clock.GetUtcNow()))
        {
            yield return new ChainCollected.OfLabel(label);
        }
    }

    private IEnumerable<ChainCollected> CollectAnswers()
    {
        var reader = new RpcAnswerFiles(_options, Refuse);
        foreach (IGrouping<string?, SourceFile> folder in _files
            .Where(each => each.Format == ChainFileFormat.RpcAnswer)
            .Select(each => each.File)
            .GroupBy(file => Path.GetDirectoryName(file.FullPath)))
        {
            SourceFile[] files = [.. folder];
            foreach (ChainCollected item in reader.Read(files))
            {
                CountLayout(item, "json-rpc");
                yield return item;
            }

            FilesDone += files.Length;
        }
    }

    private IEnumerable<ChainCollected> CollectLines()
    {
        foreach ((SourceFile file, ChainFileFormat format) in _files.Where(each => each.Format is ChainFileFormat.EthereumEtl or ChainFileFormat.EtherscanCsv))
        {
            (string layout, LineParser parse) = format == ChainFileFormat.EthereumEtl
                ? ("ethereum-etl", Etl())
                : ("etherscan-csv", Table());
            foreach (ChainCollected item in Lines(file, parse))
            {
                CountLayout(item, layout);
                yield return item;
            }

            FilesDone++;
        }
    }

    private LineParser Etl()
    {
        var reader = new EthereumEtlReader(_options);
        return line =>
        {
            ChainCollected? item = line.IsEmpty ? null : reader.Parse(line);
            Counts.PassedOver += item is null ? 1 : 0;
            return item;
        };
    }

    private LineParser Table()
    {
        EtherscanRowParser? parser = null;
        return line =>
        {
            if (parser is not null)
            {
                return parser.Parse(line);
            }

            parser = new EtherscanRowParser(EtherscanColumns.Of(CsvLine.Header(line)), _options);
            return null;
        };
    }

    /// <summary>Gives every line to the parser; a line that it refuses becomes a dead letter, a refused header ends the file.</summary>
    private IEnumerable<ChainCollected> Lines(SourceFile file, LineParser parse)
    {
        Stream? stream = null;
        try
        {
            LineReader? reader = null;
            while (true)
            {
                ChainCollected? item = null;
                bool isLast = false;
                try
                {
                    stream ??= ChainFile.Open(file);
                    reader ??= new LineReader(stream, _options.LongestLine);
                    isLast = !reader.TryRead(out ReadOnlySpan<byte> line);
                    item = isLast || (line.IsEmpty && !reader.IsCut) ? null : Parse(file, reader, line, parse, ref isLast);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
                {
                    // Damage in the middle of a packed file: what came before it counts.
                    item = Refuse(file, Line(reader), ChainError.UnreadableFile, $"The file cannot be read any further: {e.Message}", [], 0);
                    isLast = true;
                }

                if (item is not null)
                {
                    yield return item;
                }

                if (isLast)
                {
                    yield break;
                }
            }
        }
        finally
        {
            stream?.Dispose();
        }
    }

    private ChainCollected? Parse(SourceFile file, LineReader reader, ReadOnlySpan<byte> line, LineParser parse, ref bool isLast)
    {
        if (reader.IsCut)
        {
            return Refuse(
                file, Line(reader), ChainError.LineTooLong,
                string.Create(CultureInfo.InvariantCulture, $"The line has {reader.Length} bytes, more than {_options.LongestLine}."), line.ToArray(), reader.Length);
        }

        try
        {
            return parse(line);
        }
        catch (ChainFormatException e)
        {
            isLast = e.ErrorClass == ChainError.BadCsvHeader;
            return Refuse(file, Line(reader), e.ErrorClass, e.Message, line.ToArray(), line.Length);
        }
    }

    private static string Line(LineReader? reader) =>
        reader is null ? "" : string.Create(CultureInfo.InvariantCulture, $"line {reader.Number}");

    private ChainCollected.OfDeadLetter Refuse(SourceFile file, string place, string errorClass, string message, byte[] payload, long length)
    {
        string where = place.Length == 0 ? file.RelativePath : $"{file.RelativePath}, {place}";
        return new ChainCollected.OfDeadLetter(DeadLetters.Make(
            ChainPlatform.Of(_options.ChainId), file.RelativePath, where, errorClass, $"{where}: {message}", payload, length, _options.Clock.GetUtcNow()));
    }

    private void Count(ChainCollected item)
    {
        switch (item)
        {
            case ChainCollected.OfBlock: Counts.Blocks++; break;
            case ChainCollected.OfTransaction: Counts.Transactions++; break;
            case ChainCollected.OfLabel: Counts.Labels++; break;
            case ChainCollected.OfDeadLetter: Counts.DeadLetters++; break;
        }
    }

    private void CountLayout(ChainCollected item, string layout)
    {
        if (item is ChainCollected.OfTransaction)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Counts.ByLayout, layout, out _)++;
        }
    }

    /// <summary>What a line gives; null for nothing.</summary>
    private delegate ChainCollected? LineParser(ReadOnlySpan<byte> line);
}
