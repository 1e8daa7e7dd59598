namespace AuditIntel.DevStack.Log;

/// <summary>Compaction: keeps the last record of every key (topic setting cleanup.policy=compact).</summary>
internal sealed partial class PartitionLog
{
    // Below it each key stands once.
    private long _cleanedUpTo;

    private void Compact(CancellationToken cancellationToken)
    {
        List<LogSegment> segments;
        List<LogSegment> uncleaned;
        long end;
        AbortedTransaction[] aborted;
        lock (_gate)
        {
            // Invariant: only sealed segments that end at or before the last stable offset are rewritten: no undecided transaction is touched.
            var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            RollIfOverdue(now);
            segments = [];
            uncleaned = [];
            for (var i = 0; i + 1 < _segments.Count && _segments[i + 1].BaseOffset <= Stable; i++)
            {
                if (now - _segments[i].MaxTimestamp < Settings.MinCompactionLagMs)
                {
                    break;
                }

                segments.Add(_segments[i]);
                if (_segments[i + 1].BaseOffset > _cleanedUpTo)
                {
                    uncleaned.Add(_segments[i]);
                }
            }

            var total = segments.Sum(s => (long)s.Length);
            var dirty = uncleaned.Sum(s => (long)s.Length);
            var overdue = uncleaned.Exists(s => IsOverdue(s, now));
            if (dirty == 0 || (!overdue && (double)dirty / total < Settings.MinCleanableDirtyRatio))
            {
                return;
            }

            aborted = [.. _aborted];
            segments.ForEach(s => s.Hold());
            end = _segments[segments.Count].BaseOffset;
        }

        try
        {
            var cleaner = new SegmentCleaner(aborted, Settings.DeleteRetentionMs, _clock.GetUtcNow().ToUnixTimeMilliseconds(), Settings.CleanerKeys);
            long? beyond = null;
            for (var i = 0; i < uncleaned.Count && beyond is null; i++)
            {
                beyond = cleaner.Learn(uncleaned[i], _cleanedUpTo, cancellationToken);
            }

            foreach (var segment in segments)
            {
                if (cleaner.Rewrite(segment, cancellationToken) is { } rewritten)
                {
                    Replace(segment, rewritten);
                }
            }

            _cleanedUpTo = beyond ?? end;
        }
        finally
        {
            segments.ForEach(s => s.Close());
        }
    }

    /// <summary>Whether the segment's first record has waited for longer than max.compaction.lag.ms.</summary>
    private bool IsOverdue(LogSegment segment, long now) =>
        Settings.MaxCompactionLagMs != long.MaxValue && segment.Length > 0 && now - segment.ReadHeader(0).FirstTimestamp > Settings.MaxCompactionLagMs;

    private void RollIfOverdue(long now)
    {
        if (!_deleted && IsOverdue(Active, now))
        {
            Roll(now);
        }
    }

    private void Replace(LogSegment old, string rewritten)
    {
        lock (_gate)
        {
            var index = _segments.IndexOf(old);
            if (index < 0 || _deleted)
            {
                // Retention or the deletion of the topic was faster.
                File.Delete(rewritten);
                return;
            }

            _segments[index] = old.ReplaceWith(rewritten);
            _ = _segments[index].Times;
            _segments[index].SaveIndexes(_segments[index + 1].BaseOffset);
        }
    }
}
