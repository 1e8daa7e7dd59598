using AuditIntel.DevStack.Log.Compression;

namespace AuditIntel.DevStack.Log;

/// <summary>Look-ups by time.</summary>
internal sealed partial class PartitionLog
{
    /// <summary>The first record with a timestamp of at least <paramref name="timestamp"/> milliseconds; null when there is none.</summary>
    public (long Offset, long Timestamp)? FindByTime(long timestamp)
    {
        lock (_gate)
        {
            foreach (var segment in _deleted ? [] : _segments)
            {
                if (segment.MaxTimestamp < timestamp)
                {
                    continue;
                }

                var entry = segment.Times.FloorByKey(timestamp - 1);
                var position = entry < 0 ? 0 : segment.PositionOf(segment.BaseOffset + segment.Times.Value(entry));
                while (position < segment.Length)
                {
                    var header = segment.ReadHeader(position);
                    if (header.MaxTimestamp >= timestamp && header.LastOffset >= StartOffset)
                    {
                        return WithinBatch(segment, position, header, timestamp);
                    }

                    position += header.TotalSize;
                }
            }

            return null;
        }
    }

    /// <summary>The record with the greatest timestamp (KIP-734).</summary>
    public (long Offset, long Timestamp)? FindMaxTimestamp()
    {
        lock (_gate)
        {
            var latest = _deleted ? -1 : _segments.Max(s => s.MaxTimestamp);
            return latest < 0 ? null : FindByTime(latest);
        }
    }

    private (long Offset, long Timestamp) WithinBatch(LogSegment segment, int position, in BatchHeader header, long timestamp)
    {
        if (header.IsLogAppendTime)
        {
            return (Math.Max(header.BaseOffset, StartOffset), header.MaxTimestamp);
        }

        var batch = new byte[header.TotalSize];
        segment.Read(position, batch);
        if (!BatchBody.CanOpen(header.Compression))
        {
            // This machine lacks the codec: the batch's first offset is early, never late.
            return (Math.Max(header.BaseOffset, StartOffset), header.FirstTimestamp);
        }

        using var body = BatchBody.Open(header, batch);
        var records = new RecordReader(body.Records);
        while (records.TryRead(out var record))
        {
            var at = header.FirstTimestamp + record.TimestampDelta;
            if (at >= timestamp && header.BaseOffset + record.OffsetDelta >= StartOffset)
            {
                return (header.BaseOffset + record.OffsetDelta, at);
            }
        }

        return (header.LastOffset, header.MaxTimestamp);
    }
}
