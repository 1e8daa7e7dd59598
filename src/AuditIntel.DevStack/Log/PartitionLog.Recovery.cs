using System.Globalization;

namespace AuditIntel.DevStack.Log;

/// <summary>Opening a partition, rolling segments, and the small state files beside them.</summary>
internal sealed partial class PartitionLog
{
    private int _checkpointed;

    /// <value>What opening had to repair, as a sentence for the log; null when nothing.</value>
    public string? Repaired { get; private set; }

    /// <summary>
    /// Opens or creates the log in a folder. The active segment is walked from its last checkpoint on, every CRC checked, and what follows the
    /// last whole batch is cut off. After a clean stop the checkpoint is the end of the log.
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

        foreach (var unfinished in Directory.EnumerateFiles(folder, "*" + SegmentCleaner.Extension))
        {
            File.Delete(unfinished);
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
        var from = Checkpoint();
        from?.Producers.ForEach(_producers.Restore);
        EndOffset = from?.EndOffset ?? Active.BaseOffset;
        _checkpointed = from?.Position ?? 0;
        var known = _aborted.RemoveAll(a => a.LastOffset >= EndOffset);
        if (Active.Length == _checkpointed && known == 0)
        {
            return;
        }

        var cut = Active.Recover(_checkpointed, EndOffset, (header, batch) =>
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

    /// <summary>What is known of the active segment without walking it: the last checkpoint if it can be trusted, or the state before it.</summary>
    private ProducerSnapshot? Checkpoint()
    {
        // Invariant: bytes before a checkpoint were taken by this run of the operating system, so they are all there.
        if (ProducerSnapshot.Load(CheckpointPath) is { } checkpoint
            && checkpoint.Boot == BootIdentity.Current
            && checkpoint.SegmentBase == Active.BaseOffset
            && checkpoint.Position <= Active.Length
            && Active.TryKeepIndexes(checkpoint.Position, checkpoint.EndOffset))
        {
            return checkpoint;
        }

        // Never again: the log may grow past its position with other bytes.
        File.Delete(CheckpointPath);
        return ProducerSnapshot.Load(SnapshotPath(Active.BaseOffset));
    }

    private string CheckpointPath => Path.Combine(Folder, "checkpoint.state");

    private string AbortedPath => Path.Combine(Folder, "aborted.index");

    private string StartPath => Path.Combine(Folder, "start.offset");

    private string SnapshotPath(long baseOffset) => Path.Combine(Folder, LogSegment.NameOf(baseOffset) + ".snapshot");

    private long LoadStartOffset() =>
        File.Exists(StartPath) && long.TryParse(File.ReadAllText(StartPath), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : 0;

    private void SaveCheckpoint()
    {
        SaveAborted();

        // Indexes first: they may cover more than the checkpoint, never less.
        Active.SaveIndexes(EndOffset);
        new ProducerSnapshot(Active.BaseOffset, Active.Length, EndOffset, BootIdentity.Current, [.. _producers.All]).Save(CheckpointPath);
        _checkpointed = Active.Length;
    }

    private void SaveAborted()
    {
        if (_abortedUnsaved)
        {
            AbortedIndex.Save(AbortedPath, _aborted);
            _abortedUnsaved = false;
        }
    }

    private void TryCheckpoint()
    {
        try
        {
            SaveCheckpoint();
        }
        catch (IOException)
        {
            // A checkpoint only saves time at the next start; on a full disk the earlier one has to do.
            _checkpointed = Active.Length;
        }
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
        SaveAborted();
        var sealedSegment = Active;
        sealedSegment.SaveIndexes(EndOffset);
        new ProducerSnapshot(EndOffset, 0, EndOffset, BootIdentity.Current, [.. _producers.All]).Save(SnapshotPath(EndOffset));
        _segments.Add(LogSegment.Create(Folder, EndOffset));
        _checkpointed = 0;
        _activeSince = now;
        File.Delete(SnapshotPath(sealedSegment.BaseOffset));
    }
}
