using System.Globalization;

namespace AuditIntel.DevStack.Log;

/// <summary>Opening a partition, rolling segments, and the small state files beside them.</summary>
internal sealed partial class PartitionLog
{
    /// <value>What opening had to repair, as a sentence for the log; null when nothing.</value>
    public string? Repaired { get; private set; }

    /// <summary>
    /// Opens or creates the log in a folder. After a clean stop the saved state is trusted; otherwise the active segment is walked, every CRC
    /// checked, and what follows the last whole batch is cut off.
    /// </summary>
    public static PartitionLog Open(string folder, LogSettings settings, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        var log = new PartitionLog(folder, settings, clock);
        foreach (var file in Directory.EnumerateFiles(folder, "*.log"))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var baseOffset))
            {
                log._segments.Add(LogSegment.Open(folder, baseOffset));
            }
        }

        log._segments.Sort((a, b) => a.BaseOffset.CompareTo(b.BaseOffset));
        log._activeSince = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (log._segments.Count == 0)
        {
            log._segments.Add(LogSegment.Create(folder, 0));
            return log;
        }

        log.Recover();
        return log;
    }

    private void Recover()
    {
        StartOffset = Math.Max(_segments[0].BaseOffset, LoadStartOffset());
        _aborted.AddRange(AbortedIndex.Load(AbortedPath));
        var clean = ProducerSnapshot.Load(CleanPath);

        // The state counts for one start only: a crash after it must find it gone.
        File.Delete(CleanPath);
        if (clean is not null && clean.SegmentBase == Active.BaseOffset && clean.SegmentLength == Active.Length)
        {
            clean.Producers.ForEach(_producers.Restore);
            EndOffset = clean.EndOffset;
            return;
        }

        ProducerSnapshot.Load(SnapshotPath(Active.BaseOffset))?.Producers.ForEach(_producers.Restore);
        _aborted.RemoveAll(a => a.LastOffset >= Active.BaseOffset);
        EndOffset = Active.BaseOffset;
        var cut = Active.Recover((header, batch) =>
        {
            if (header.HasProducer && _producers.Apply(header, header.IsControl && ControlRecord.IsAbort(batch.Span)) is { } aborted)
            {
                _aborted.Add(aborted);
            }

            EndOffset = header.LastOffset + 1;
        });
        AbortedIndex.Save(AbortedPath, _aborted);
        if (cut > 0)
        {
            Repaired = $"{Folder}: cut {cut} bytes of an unfinished batch off after offset {EndOffset - 1}.";
        }
    }

    private string CleanPath => Path.Combine(Folder, "clean.state");

    private string AbortedPath => Path.Combine(Folder, "aborted.index");

    private string StartPath => Path.Combine(Folder, "start.offset");

    private string SnapshotPath(long baseOffset) => Path.Combine(Folder, LogSegment.NameOf(baseOffset) + ".snapshot");

    private long LoadStartOffset() =>
        File.Exists(StartPath) && long.TryParse(File.ReadAllText(StartPath), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : 0;

    private void SaveState()
    {
        Active.SaveIndexes(EndOffset);
        new ProducerSnapshot(Active.BaseOffset, Active.Length, EndOffset, [.. _producers.All]).Save(CleanPath);
    }

    private void RollIfDue(int coming, long now)
    {
        var due = Active.Length > 0
            && (Active.Length + (long)coming > Settings.SegmentBytes
                || now - _activeSince > Settings.SegmentMs
                || EndOffset - Active.BaseOffset > int.MaxValue - 1_000_000);
        if (due)
        {
            Roll(now);
        }
    }

    private void Roll(long now)
    {
        var sealedSegment = Active;
        sealedSegment.SaveIndexes(EndOffset);
        new ProducerSnapshot(EndOffset, 0, EndOffset, [.. _producers.All]).Save(SnapshotPath(EndOffset));
        _segments.Add(LogSegment.Create(Folder, EndOffset));
        _activeSince = now;
        File.Delete(SnapshotPath(sealedSegment.BaseOffset));
    }
}
