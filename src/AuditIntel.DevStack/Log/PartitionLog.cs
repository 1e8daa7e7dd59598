using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Log;

/// <summary>
/// The log of one partition: a folder of segments, the last one active. Appends and look-ups are serialised by a lock and short; the bytes
/// of a read leave the file only while they are sent. A batch is acknowledged when the operating system has it, so it survives the end of
/// the process at any moment.
/// </summary>
internal sealed partial class PartitionLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly List<LogSegment> _segments = [];
    private readonly List<AbortedTransaction> _aborted = [];
    private readonly ProducerStates _producers;
    private long _activeSince;
    private long _unflushed;
    private long _unflushedSince;
    private bool _deleted;
    private bool _abortedUnsaved;

    private PartitionLog(string folder, LogSettings settings, TimeProvider clock)
    {
        Folder = folder;
        Settings = settings;
        _clock = clock;
        _producers = new(clock);
    }

    /// <summary>Raised after an append or when a transaction ends, outside the lock.</summary>
    public event Action? Advanced;

    public string Folder { get; }

    public LogSettings Settings { get; set; }

    /// <value>The first offset that can be read.</value>
    public long StartOffset { get; private set; }

    /// <value>The offset of the next record. With a single broker it is the high watermark too.</value>
    public long EndOffset { get; private set; }

    /// <value>Everything before it is decided: no open transaction begins earlier.</value>
    public long LastStableOffset
    {
        get
        {
            lock (_gate)
            {
                return Stable;
            }
        }
    }

    public long SizeBytes
    {
        get
        {
            lock (_gate)
            {
                return _segments.Sum(s => (long)s.Length);
            }
        }
    }

    private LogSegment Active => _segments[^1];

    private long Stable => _producers.FirstOpenOffset ?? EndOffset;

    /// <summary>Appends one batch. Its offset and leader epoch are written into <paramref name="batch"/> itself.</summary>
    public AppendResult Append(Span<byte> batch, AppendOrigin origin)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var error = BatchCheck.Inspect(batch, Settings, origin, now, out var header);
        if (error.Error != ErrorCode.None)
        {
            return error;
        }

        lock (_gate)
        {
            if (_deleted)
            {
                return AppendResult.Failed(ErrorCode.UnknownTopicOrPartition);
            }

            AppendedBatch? duplicate = null;
            if (origin == AppendOrigin.Client && header.HasProducer)
            {
                var verdict = _producers.Check(header, out duplicate);
                if (verdict != ErrorCode.None)
                {
                    return AppendResult.Failed(verdict);
                }
            }

            if (duplicate is { } known)
            {
                return new(ErrorCode.None, known.BaseOffset, -1);
            }

            error = Write(batch, header, now);
        }

        Advanced?.Invoke();
        return error;
    }

    /// <summary>Finds the batches from <paramref name="offset"/> on, at most <paramref name="maxBytes"/> but at least one batch if there is any.</summary>
    public ReadResult Read(long offset, int maxBytes, bool committed, bool atLeastOne)
    {
        lock (_gate)
        {
            if (_deleted)
            {
                return new(ErrorCode.UnknownTopicOrPartition, -1, -1, -1, null, null);
            }

            var stable = Stable;
            if (offset < StartOffset || offset > EndOffset)
            {
                return new(ErrorCode.OffsetOutOfRange, StartOffset, stable, EndOffset, null, null);
            }

            var limit = committed ? stable : EndOffset;
            if (offset >= limit || (maxBytes <= 0 && !atLeastOne))
            {
                return new(ErrorCode.None, StartOffset, stable, EndOffset, null, null);
            }

            for (var i = SegmentOf(offset); i < _segments.Count; i++)
            {
                var segment = _segments[i];
                var start = segment.PositionOf(offset);
                var end = limit < EndOffset && limit >= segment.BaseOffset ? segment.PositionOf(limit) : segment.Length;
                if (start >= end)
                {
                    continue;
                }

                end = segment.AlignedEnd(start, maxBytes, end);
                if (end - start > maxBytes && !atLeastOne)
                {
                    break;
                }

                var aborted = committed ? AbortedBetween(offset, LastOffsetBefore(i, segment, end)) : null;
                return new(ErrorCode.None, StartOffset, stable, EndOffset, segment.Lease(start, end - start), aborted);
            }

            return new(ErrorCode.None, StartOffset, stable, EndOffset, null, null);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_deleted)
            {
                return;
            }

            TryCheckpoint();
            foreach (var segment in _segments)
            {
                segment.Close();
            }
        }
    }

    public void Delete()
    {
        lock (_gate)
        {
            _deleted = true;
            foreach (var segment in _segments)
            {
                segment.Close();
            }

            Directory.Delete(Folder, recursive: true);
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            FlushActive();
        }
    }

    /// <summary>Flushes when the topic setting flush.ms asks for it.</summary>
    public void FlushIfDue()
    {
        lock (_gate)
        {
            if (Settings.FlushMs != long.MaxValue && _clock.GetUtcNow().ToUnixTimeMilliseconds() - _unflushedSince >= Settings.FlushMs)
            {
                FlushActive();
            }
        }
    }

    /// <summary>A copy of what is known of the producers, for the admin APIs.</summary>
    public List<ProducerState> Producers()
    {
        lock (_gate)
        {
            return [.. _producers.All];
        }
    }

    private AppendResult Write(Span<byte> batch, BatchHeader header, long now)
    {
        var appendTime = -1L;
        if (Settings.LogAppendTime && !header.IsControl)
        {
            BatchHeader.StampAppendTime(batch, now);
            appendTime = now;
        }

        BatchHeader.Assign(batch, EndOffset, leaderEpoch: 0);
        header = BatchHeader.Read(batch);
        try
        {
            RollIfDue(batch.Length, now);
            Active.Append(batch, header);
        }
        catch (IOException e)
        {
            return AppendResult.Failed(ErrorCode.KafkaStorageError, e.Message);
        }

        EndOffset = header.LastOffset + 1;
        Applied(header, batch);
        if (Active.Length - _checkpointed >= Settings.CheckpointBytes)
        {
            TryCheckpoint();
        }

        _unflushedSince = _unflushed == 0 ? now : _unflushedSince;
        _unflushed += header.RecordCount;
        if (_unflushed >= Settings.FlushMessages || now - _unflushedSince >= Settings.FlushMs)
        {
            try
            {
                Active.Flush();
            }
            catch (IOException e)
            {
                // It is in the log but not safe: an idempotent producer's next try finds it there.
                return AppendResult.Failed(ErrorCode.KafkaStorageError, e.Message);
            }

            _unflushed = 0;
        }

        return new(ErrorCode.None, header.BaseOffset, appendTime);
    }

    private void Applied(in BatchHeader header, ReadOnlySpan<byte> batch)
    {
        if (header.HasProducer && _producers.Apply(header, header.IsControl && ControlRecord.IsAbort(batch)) is { } aborted)
        {
            _aborted.Add(aborted);
            try
            {
                AbortedIndex.Append(AbortedPath, aborted);
            }
            catch (IOException)
            {
                // Invariant: no checkpoint passes this place before the file has it, so that a start finds it again in the log.
                _abortedUnsaved = true;
            }
        }
    }

    private void FlushActive()
    {
        if (_unflushed > 0 && !_deleted)
        {
            Active.Flush();
            _unflushed = 0;
        }
    }

    private int SegmentOf(long offset)
    {
        var low = 0;
        var high = _segments.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_segments[middle].BaseOffset <= offset)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    // An upper bound is enough: a transaction listed too early is skipped by its producer id and offset all the same.
    private long LastOffsetBefore(int index, LogSegment segment, int end) =>
        end < segment.Length ? segment.ReadHeader(end).BaseOffset - 1 : index + 1 < _segments.Count ? _segments[index + 1].BaseOffset - 1 : EndOffset - 1;

    private List<AbortedTransaction> AbortedBetween(long first, long last)
    {
        List<AbortedTransaction> found = [];
        foreach (var aborted in _aborted)
        {
            if (aborted.LastOffset >= first && aborted.FirstOffset <= last)
            {
                found.Add(aborted);
            }
        }

        return found;
    }
}
