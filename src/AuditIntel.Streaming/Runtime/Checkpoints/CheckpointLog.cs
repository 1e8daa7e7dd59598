using System.Buffers;
using System.Buffers.Binary;
using AuditIntel.Kafka;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime.Checkpoints;

/// <summary>
/// A store's local copy: a file of its committed changes with the changelog offset behind each commit. A restart applies the file and reads only what
/// is newer from the topic. Every commit appends one frame; a frame that a crash has torn is cut off, and costs nothing but reading that much again.
/// When the file has grown to several times its content it is written anew.
/// </summary>
/// <remarks>
/// Layout, numbers little-endian: magic "AISC" and version (4 bytes each), then frames: length of the body (4), CRC-32C of the body (4), body. A body is
/// the offset of the next changelog record (8; -1 where more frames belong to the same commit) and records: key length (4), value length or -1 for a tombstone (4), timestamp (8), key, value.
/// </remarks>
internal sealed class CheckpointLog : IChangelog, IDisposable
{
    private const uint Magic = 0x43534941;
    private const uint Version = 1;
    private const int HeadBytes = 8;
    private const int FrameHead = 8;
    private const int BodyHead = 8;
    private const int RecordHead = 16;
    private const int ReadBytes = 1 << 20;
    private const int LargestPending = 1 << 20;
    private const long SmallestRewrite = 4 << 20;
    private const int RewriteFactor = 3;
    private const long Unfinished = -1;

    private readonly string _path;
    private readonly ArrayBufferWriter<byte> _frame = new(64 * 1024);
    private FileStream _file;
    private long _rewrittenBytes;

    private CheckpointLog(string path, FileStream file)
    {
        _path = path;
        _file = file;
        Discard();
    }

    /// <summary>Offset of the next changelog record that is not in the file; null when the file holds nothing, whatever it has handed out.</summary>
    public long? Offset { get; private set; }

    /// <summary>Whether the file is several times as large as when it was last written anew.</summary>
    public bool NeedsRewrite => _file.Length > SmallestRewrite && _file.Length > _rewrittenBytes * RewriteFactor;

    /// <summary>Opens or creates the file and hands every record in it to the reader, in order.</summary>
    /// <exception cref="IOException">The file cannot be opened; somebody else may have it.</exception>
    public static CheckpointLog Open(string path, CheckpointReader read)
    {
        var log = new CheckpointLog(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        try
        {
            log.Load(read);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Adds a change to the frame of the next <see cref="Commit"/>.</summary>
    public void Write(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
    {
        Span<byte> record = _frame.GetSpan(RecordHead + key.Length + value.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record, key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], isTombstone ? -1 : value.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], timestampMs);
        key.CopyTo(record[RecordHead..]);
        int length = RecordHead + key.Length;
        if (!isTombstone)
        {
            value.CopyTo(record[length..]);
            length += value.Length;
        }

        _frame.Advance(length);
    }

    /// <summary>Appends the changes since the last call, as committed up to this changelog offset.</summary>
    public void Commit(long offset)
    {
        if (_frame.WrittenCount > FrameHead + BodyHead || offset != Offset)
        {
            Append(_file, offset);
            Offset = offset;
        }

        Discard();
    }

    /// <summary>Forgets the changes since the last commit.</summary>
    public void Discard()
    {
        if (_frame.Capacity > LargestPending * 4)
        {
            _frame.Clear();
        }

        _frame.ResetWrittenCount();
        _frame.Advance(FrameHead + BodyHead);
    }

    /// <summary>Writes the file anew from the whole content, which is committed up to <see cref="Offset"/>.</summary>
    public void Rewrite(Action<IChangelog> writeAll)
    {
        string draft = _path + ".new";
        long offset = Offset ?? 0;
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
        {
            WriteHead(file);
            writeAll(new FrameSplitter(this, file));
            Append(file, offset);
            Discard();
        }

        _file.Dispose();
        File.Move(draft, _path, overwrite: true);
        _file = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        _file.Seek(0, SeekOrigin.End);
        _rewrittenBytes = _file.Length;
    }

    /// <summary>Writes the file anew with the last record of every key, compared as bytes.</summary>
    public void KeepNewest()
    {
        var newest = new Dictionary<Bytes, (byte[] Value, long TimestampMs)>();
        _file.Position = HeadBytes;
        ReadFrames((key, isTombstone, value, timestampMs) =>
        {
            if (isTombstone)
            {
                newest.Remove(new Bytes(key.ToArray()));
            }
            else
            {
                newest[new Bytes(key.ToArray())] = (value.ToArray(), timestampMs);
            }
        });
        Rewrite(changelog =>
        {
            foreach ((Bytes key, (byte[] value, long timestampMs)) in newest)
            {
                changelog.Write(key.Content, isTombstone: false, value, timestampMs);
            }
        });
    }

    /// <summary>Empties the file: what it holds belongs to a topic that is gone.</summary>
    public void Reset()
    {
        Offset = null;
        _rewrittenBytes = 0;
        _file.SetLength(0);
        WriteHead(_file);
        Discard();
    }

    public void Dispose() => _file.Dispose();

    private static void WriteHead(FileStream file)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Version);
        file.Position = 0;
        file.Write(head);
    }

    private void Append(FileStream file, long offset)
    {
        Span<byte> frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_frame.WrittenMemory).Span;
        BinaryPrimitives.WriteInt64LittleEndian(frame[FrameHead..], offset);
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - FrameHead);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Crc32C.Compute(frame[FrameHead..]));
        file.Write(frame);
    }

    private void Load(CheckpointReader read)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        if (_file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) < HeadBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) != Version)
        {
            Reset();
            return;
        }

        long whole = ReadFrames(read);
        if (Offset is null)
        {
            Reset();
            return;
        }

        _file.SetLength(whole);
        _file.Position = whole;
        _rewrittenBytes = whole / RewriteFactor;
    }

    /// <returns>Where the whole frames end.</returns>
    private long ReadFrames(CheckpointReader read)
    {
        long whole = HeadBytes;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            while (TryReadFrame(ref buffer, out ReadOnlySpan<byte> body))
            {
                long offset = BinaryPrimitives.ReadInt64LittleEndian(body);
                Offset = offset == Unfinished ? null : offset;
                Apply(body[BodyHead..], read);
                whole += FrameHead + body.Length;
            }

            return whole;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryReadFrame(ref byte[] buffer, out ReadOnlySpan<byte> body)
    {
        body = default;
        Span<byte> head = stackalloc byte[FrameHead];
        if (_file.ReadAtLeast(head, FrameHead, throwOnEndOfStream: false) < FrameHead)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length < BodyHead || length > _file.Length - _file.Position)
        {
            return false;
        }

        if (buffer.Length < length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(length);
        }

        _file.ReadExactly(buffer.AsSpan(0, length));
        body = buffer.AsSpan(0, length);
        return Crc32C.Compute(body) == BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
    }

    private static void Apply(ReadOnlySpan<byte> records, CheckpointReader read)
    {
        while (records.Length > 0)
        {
            int keyLength = BinaryPrimitives.ReadInt32LittleEndian(records);
            int valueLength = BinaryPrimitives.ReadInt32LittleEndian(records[4..]);
            long timestampMs = BinaryPrimitives.ReadInt64LittleEndian(records[8..]);
            ReadOnlySpan<byte> key = records.Slice(RecordHead, keyLength);
            ReadOnlySpan<byte> value = valueLength < 0 ? default : records.Slice(RecordHead + keyLength, valueLength);
            read(key, valueLength < 0, value, timestampMs);
            records = records[(RecordHead + keyLength + value.Length)..];
        }
    }

    /// <summary>A key by its content.</summary>
    private readonly record struct Bytes(byte[] Content)
    {
        public bool Equals(Bytes other) => Content.AsSpan().SequenceEqual(other.Content);

        public override int GetHashCode() => (int)Crc32C.Compute(Content);
    }

    /// <summary>Ends a frame whenever it is large enough, so that no frame holds a whole store.</summary>
    private sealed class FrameSplitter(CheckpointLog log, FileStream file) : IChangelog
    {
        public void Write(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
        {
            log.Write(key, isTombstone, value, timestampMs);
            if (log._frame.WrittenCount > LargestPending)
            {
                log.Append(file, Unfinished);
                log.Discard();
            }
        }
    }
}
