namespace AuditIntel.DevStack.Log;

/// <summary>Deleting old segments, and raising the first offset.</summary>
internal sealed partial class PartitionLog
{
    // producer.id.expiration.ms of Kafka.
    private static readonly TimeSpan ProducerExpiration = TimeSpan.FromDays(1);

    /// <summary>One round of cleaning as the settings ask for it.</summary>
    public void Clean(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_deleted)
            {
                return;
            }

            _producers.Expire(_clock.GetUtcNow() - ProducerExpiration);
            if (Settings.Delete)
            {
                DeleteOld(_clock.GetUtcNow().ToUnixTimeMilliseconds());
            }
        }

        if (Settings.Compact)
        {
            Compact(cancellationToken);
        }
    }

    /// <summary>Makes every record before <paramref name="offset"/> unreadable; -1 means all up to the end.</summary>
    /// <returns>The new first offset, or null when the offset is beyond the end.</returns>
    public long? DeleteBefore(long offset)
    {
        lock (_gate)
        {
            var target = offset == -1 ? EndOffset : offset;
            if (target > EndOffset || target < 0)
            {
                return null;
            }

            RaiseStart(target);
            return StartOffset;
        }
    }

    private void DeleteOld(long now)
    {
        var size = _segments.Sum(s => (long)s.Length);
        var first = StartOffset;
        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            var tooOld = Settings.RetentionMs >= 0 && segment.Length > 0 && segment.MaxTimestamp >= 0 && now - segment.MaxTimestamp > Settings.RetentionMs;
            var tooMuch = Settings.RetentionBytes >= 0 && size - segment.Length >= Settings.RetentionBytes;
            if (!tooOld && !tooMuch)
            {
                break;
            }

            if (segment == Active)
            {
                // Only age takes the active segment, and only as a sealed one.
                if (!tooOld)
                {
                    break;
                }

                Roll(now);
            }

            size -= segment.Length;
            first = _segments[i + 1].BaseOffset;
        }

        if (first > StartOffset)
        {
            RaiseStart(first);
        }
    }

    private void RaiseStart(long offset)
    {
        if (offset <= StartOffset)
        {
            return;
        }

        StartOffset = offset;
        AtomicFile.Write(StartPath, System.Text.Encoding.ASCII.GetBytes(offset.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        while (_segments.Count > 1 && _segments[1].BaseOffset <= offset)
        {
            _segments[0].Delete();
            _segments.RemoveAt(0);
        }

        if (_aborted.RemoveAll(a => a.LastOffset < offset) > 0)
        {
            AbortedIndex.Save(AbortedPath, _aborted);
        }
    }
}
