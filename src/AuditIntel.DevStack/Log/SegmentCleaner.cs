using System.Buffers.Binary;
using System.Security.Cryptography;
using AuditIntel.DevStack.Log.Compression;

namespace AuditIntel.DevStack.Log;

/// <summary>
/// Rewrites sealed segments so that only the last record of every key stays. Learns the last offset of each key first, at most
/// <see cref="MaxKeys"/> of them; keys beyond that are left for another round. Control batches are
/// kept whole, and batches compressed with a codec that this machine lacks.
/// </summary>
internal sealed class SegmentCleaner(AbortedTransaction[] aborted, long deleteRetentionMs, long now)
{
    /// <summary>The file a segment is rewritten to until it replaces the old one.</summary>
    public const string Extension = ".cleaned";

    /// <summary>Bounds the memory of a round to about 100 MiB.</summary>
    public const int MaxKeys = 2_000_000;

    private readonly Dictionary<UInt128, long> _lastOffsets = [];

    /// <summary>Reads the keys of a segment.</summary>
    public void Learn(LogSegment segment, CancellationToken cancellationToken)
    {
        foreach (var (header, batch) in Batches(segment, cancellationToken))
        {
            if (header.IsControl || !BatchBody.CanOpen(header.Compression))
            {
                continue;
            }

            using var body = BatchBody.Open(header, batch);
            var records = new RecordReader(body.Records);
            while (records.TryRead(out var record))
            {
                var offset = header.BaseOffset + record.OffsetDelta;
                if (!record.IsKeyNull && !IsAborted(header, offset))
                {
                    var key = HashOf(record.Key);
                    if (_lastOffsets.Count < MaxKeys || _lastOffsets.ContainsKey(key))
                    {
                        _lastOffsets[key] = offset;
                    }
                }
            }
        }
    }

    /// <summary>Writes what stays of a segment beside it.</summary>
    /// <returns>The path of the new file; null when everything stays.</returns>
    public string? Rewrite(LogSegment segment, CancellationToken cancellationToken)
    {
        var path = segment.LogPath + Extension;
        var changed = false;
        using (var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18))
        {
            foreach (var (header, batch) in Batches(segment, cancellationToken))
            {
                var kept = Keep(header, batch);
                changed |= !ReferenceEquals(kept, batch);
                if (kept is not null)
                {
                    output.Write(kept);
                }
            }
        }

        if (changed)
        {
            return path;
        }

        File.Delete(path);
        return null;
    }

    private static IEnumerable<(BatchHeader Header, byte[] Batch)> Batches(LogSegment segment, CancellationToken cancellationToken)
    {
        for (var position = 0; position < segment.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var header = segment.ReadHeader(position);
            var batch = new byte[header.TotalSize];
            segment.Read(position, batch);
            yield return (header, batch);
            position += header.TotalSize;
        }
    }

    private static UInt128 HashOf(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(key, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    // The batch itself when all of it stays, a smaller one when a part stays, null when nothing does.
    private byte[]? Keep(in BatchHeader header, byte[] batch)
    {
        if (header.IsControl || !BatchBody.CanOpen(header.Compression))
        {
            return batch;
        }

        using var body = BatchBody.Open(header, batch);

        var builder = new BatchBuilder(header.FirstTimestamp)
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

        return builder.Count == header.RecordCount ? batch : builder.Count == 0 ? null : builder.Build(header.LastOffsetDelta);
    }

    private bool Stays(in RecordView record, in BatchHeader header, long timestamp)
    {
        var offset = header.BaseOffset + record.OffsetDelta;
        if (record.IsKeyNull || IsAborted(header, offset) || (_lastOffsets.TryGetValue(HashOf(record.Key), out var last) && offset < last))
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
