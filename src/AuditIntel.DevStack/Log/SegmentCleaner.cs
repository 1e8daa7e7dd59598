using System.Buffers;
using AuditIntel.DevStack.Log.Compression;

namespace AuditIntel.DevStack.Log;

/// <summary>
/// Rewrites sealed segments so that only the last record of every key stays. Learns the last offset of each key of what was written since the last round
/// first: in the segments of that round each key stands once. Control batches are kept whole, and batches compressed with a codec that this machine lacks.
/// </summary>
/// <param name="aborted">Transactions whose records go.</param>
/// <param name="deleteRetentionMs">How long a tombstone stays, milliseconds.</param>
/// <param name="now">Milliseconds since 1970.</param>
/// <param name="mostKeys">Keys that a round may remember, 1 or more, 50 bytes each.</param>
internal sealed class SegmentCleaner(AbortedTransaction[] aborted, long deleteRetentionMs, long now, int mostKeys)
{
    /// <summary>The file a segment is rewritten to until it replaces the old one.</summary>
    public const string Extension = ".cleaned";

    private readonly SipHash128 _hash = SipHash128.Create();
    private readonly Dictionary<UInt128, long> _lastOffsets = [];
    private readonly ArrayBufferWriter<byte> _kept = new();
    private byte[] _batch = [];

    /// <summary>Reads the keys of a segment.</summary>
    /// <param name="segment">Which; segments are learned in their order.</param>
    /// <param name="from">Offset of the first record that counts.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The offset that there was no room for, where the next round begins; null when all keys are known.</returns>
    public long? Learn(LogSegment segment, long from, CancellationToken cancellationToken)
    {
        long? beyond = null;
        for (var position = 0; position < segment.Length && beyond is null;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var header = Read(segment, position);
            beyond = header.LastOffset < from ? null : Learn(header, from);
            position += header.TotalSize;
        }

        return beyond;
    }

    /// <summary>Writes what stays of a segment beside it.</summary>
    /// <returns>The path of the new file; null when everything stays.</returns>
    public string? Rewrite(LogSegment segment, CancellationToken cancellationToken)
    {
        var path = segment.LogPath + Extension;
        var changed = false;
        using (var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18))
        {
            for (var position = 0; position < segment.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var header = Read(segment, position);
                output.Write(Keep(header, ref changed));
                position += header.TotalSize;
            }
        }

        if (changed)
        {
            return path;
        }

        File.Delete(path);
        return null;
    }

    private BatchHeader Read(LogSegment segment, int position)
    {
        var header = segment.ReadHeader(position);
        if (_batch.Length < header.TotalSize)
        {
            _batch = new byte[Math.Max(header.TotalSize, 2 * _batch.Length)];
        }

        segment.Read(position, _batch.AsSpan(0, header.TotalSize));
        return header;
    }

    /// <summary>Bytes of the batch that was read last.</summary>
    private ReadOnlySpan<byte> Batch(in BatchHeader header) => _batch.AsSpan(0, header.TotalSize);

    private long? Learn(in BatchHeader header, long from)
    {
        if (header.IsControl || !BatchBody.CanOpen(header.Compression))
        {
            return null;
        }

        using var body = BatchBody.Open(header, Batch(header));
        var records = new RecordReader(body.Records);
        while (records.TryRead(out var record))
        {
            var offset = header.BaseOffset + record.OffsetDelta;
            if (record.IsKeyNull || offset < from || IsAborted(header, offset))
            {
                continue;
            }

            var key = _hash.Of(record.Key);
            if (_lastOffsets.Count == mostKeys && !_lastOffsets.ContainsKey(key))
            {
                return offset;
            }

            _lastOffsets[key] = offset;
        }

        return null;
    }

    // The batch itself when all of it stays, a smaller one when a part stays, nothing when nothing does.
    private ReadOnlySpan<byte> Keep(in BatchHeader header, ref bool changed)
    {
        if (header.IsControl || !BatchBody.CanOpen(header.Compression))
        {
            return Batch(header);
        }

        using var body = BatchBody.Open(header, Batch(header));
        var builder = new BatchBuilder(header.FirstTimestamp, _kept)
        {
            BaseOffset = header.BaseOffset,
            ProducerId = header.ProducerId,
            ProducerEpoch = header.ProducerEpoch,
            BaseSequence = header.BaseSequence,
            Attributes = (short)(header.Attributes & ~7),
        };
        var records = new RecordReader(body.Records);
        while (records.TryRead(out var record))
        {
            var timestamp = header.IsLogAppendTime ? header.MaxTimestamp : header.FirstTimestamp + record.TimestampDelta;
            if (Stays(record, header, timestamp))
            {
                builder.AddEncoded(body.Records[record.Start..record.End], record.OffsetDelta, timestamp);
            }
        }

        if (builder.Count == header.RecordCount)
        {
            return Batch(header);
        }

        changed = true;
        return builder.Count == 0 ? [] : builder.Build(header.LastOffsetDelta);
    }

    private bool Stays(in RecordView record, in BatchHeader header, long timestamp)
    {
        var offset = header.BaseOffset + record.OffsetDelta;
        if (record.IsKeyNull || IsAborted(header, offset) || (_lastOffsets.TryGetValue(_hash.Of(record.Key), out var last) && offset < last))
        {
            return false;
        }

        // A tombstone stays for a while so that readers that are behind see it.
        return !record.IsValueNull || now - timestamp <= deleteRetentionMs;
    }

    private bool IsAborted(in BatchHeader header, long offset)
    {
        if (!header.IsTransactional)
        {
            return false;
        }

        foreach (var transaction in aborted)
        {
            if (transaction.ProducerId == header.ProducerId && offset >= transaction.FirstOffset && offset <= transaction.LastOffset)
            {
                return true;
            }
        }

        return false;
    }
}
