using System.Globalization;
using AuditIntel.DevStack.Protocol;
using AuditIntel.Kafka;
using Microsoft.Win32.SafeHandles;

namespace AuditIntel.DevStack.Log;

/// <summary>
/// One file of batches with its sparse offset and time indexes. Every member but <see cref="Lease"/> and slices is called under the lock of
/// the <see cref="PartitionLog"/> that owns the segment.
/// </summary>
internal sealed class LogSegment
{
    /// <summary>Bytes between two index entries, as Kafka's index.interval.bytes.</summary>
    public const int IndexInterval = 4096;

    private readonly string _folder;
    private SafeFileHandle? _handle;
    private SparseIndex? _offsets;
    private SparseIndex? _times;
    private int _leases = 1;
    private long _maxTimestamp = -1;

    private LogSegment(string folder, long baseOffset, int length)
    {
        _folder = folder;
        BaseOffset = baseOffset;
        Length = length;
    }

    public long BaseOffset { get; }

    public int Length { get; private set; }

    public string LogPath => PathOf(".log");

    public DateTime LastWriteUtc => File.GetLastWriteTimeUtc(LogPath);

    /// <value>The greatest timestamp of the segment in milliseconds, -1 when it has none.</value>
    public long MaxTimestamp
    {
        get
        {
            _ = Times;
            return _maxTimestamp;
        }
    }

    public SparseIndex Offsets => _offsets ?? LoadIndexes().Offsets;

    public SparseIndex Times => _times ?? LoadIndexes().Times;

    private SafeFileHandle Handle =>
        _handle ??= File.OpenHandle(LogPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>A new segment; a file of the same name left by a crash before its first record is emptied.</summary>
    public static LogSegment Create(string folder, long baseOffset)
    {
        var segment = new LogSegment(folder, baseOffset, 0) { _offsets = new(4), _times = new(8) };
        RandomAccess.SetLength(segment.Handle, 0);
        return segment;
    }

    /// <summary>An existing segment; its indexes are read when first needed.</summary>
    public static LogSegment Open(string folder, long baseOffset) =>
        new(folder, baseOffset, checked((int)new FileInfo(Path.Combine(folder, NameOf(baseOffset) + ".log")).Length));

    public static string NameOf(long baseOffset) => baseOffset.ToString("D20", CultureInfo.InvariantCulture);

    public void Append(ReadOnlySpan<byte> batch, in BatchHeader header)
    {
        _ = Offsets;
        try
        {
            RandomAccess.Write(Handle, batch, Length);
        }
        catch (IOException)
        {
            // Invariant: the file never holds bytes past Length, so that a later append does not leave a hole or a torn batch between.
            RandomAccess.SetLength(Handle, Length);
            throw;
        }

        Index(header, Length);
        Length += batch.Length;
    }

    public void Read(int position, Span<byte> buffer)
    {
        if (!TryRead(Handle, position, buffer))
        {
            throw new EndOfStreamException($"{LogPath} ends before byte {position + buffer.Length}.");
        }
    }

    public BatchHeader ReadHeader(int position)
    {
        Span<byte> bytes = stackalloc byte[BatchHeader.Size];
        Read(position, bytes);
        var header = BatchHeader.Read(bytes);
        return header.TotalSize >= BatchHeader.Size && position + (long)header.TotalSize <= Length
            ? header
            : throw new InvalidDataException($"{LogPath} holds no whole record batch at byte {position}; stop the broker and start it again to recover.");
    }

    /// <summary>Where the batch begins that holds <paramref name="offset"/>, or the first later one; <see cref="Length"/> when there is none.</summary>
    public int PositionOf(long offset)
    {
        var entry = Offsets.FloorByKey(offset - BaseOffset);
        var position = entry < 0 ? 0 : Offsets.Value(entry);
        while (position < Length)
        {
            var header = ReadHeader(position);
            if (header.LastOffset >= offset)
            {
                return position;
            }

            position += header.TotalSize;
        }

        return Length;
    }

    /// <summary>A place at most <paramref name="bytes"/> after <paramref name="start"/> where a batch ends; at least the first batch.</summary>
    public int AlignedEnd(int start, int bytes, int limit)
    {
        if (limit - start <= bytes)
        {
            return limit;
        }

        var entry = Offsets.FloorByValue(start + bytes);
        var aligned = entry < 0 ? 0 : Offsets.Value(entry);
        return aligned > start ? aligned : Math.Min(limit, start + ReadHeader(start).TotalSize);
    }

    public FileSlice Lease(int position, int length)
    {
        Interlocked.Increment(ref _leases);
        return new Slice(this, Handle, position, length);
    }

    public void Truncate(int length)
    {
        RandomAccess.SetLength(Handle, length);
        Length = length;
    }

    public void Flush()
    {
        if (_handle is not null)
        {
            RandomAccess.FlushToDisk(_handle);
        }
    }

    /// <summary>Writes the indexes of a segment that ends before <paramref name="nextOffset"/>.</summary>
    public void SaveIndexes(long nextOffset)
    {
        if (_times is not null && _maxTimestamp > _times.LastKey)
        {
            _times.Add(_maxTimestamp, (int)(nextOffset - BaseOffset));
        }

        _offsets?.Save(PathOf(".index"));
        _times?.Save(PathOf(".timeindex"));
    }

    public void Delete()
    {
        File.Delete(LogPath);
        File.Delete(PathOf(".index"));
        File.Delete(PathOf(".timeindex"));
        Close();
    }

    /// <summary>Takes one more hold, given up by <see cref="Close"/>.</summary>
    public void Hold()
    {
        _ = Handle;
        Interlocked.Increment(ref _leases);
    }

    /// <summary>Gives up the owner's hold; the file stays open until the last slice is disposed.</summary>
    public void Close() => Release();

    /// <summary>Puts a rewritten file in the place of this segment's file; slices of the old file stay readable.</summary>
    public LogSegment ReplaceWith(string rewritten)
    {
        // Indexes first: should the process end before the new ones are saved, they are missing and not wrong.
        File.Delete(PathOf(".index"));
        File.Delete(PathOf(".timeindex"));
        File.Move(rewritten, LogPath, overwrite: true);
        Close();
        return Open(_folder, BaseOffset);
    }

    /// <summary>Loads the saved indexes and keeps what they say of the first bytes of the file.</summary>
    /// <param name="position">Bytes of the file.</param>
    /// <param name="nextOffset">The offset after those bytes.</param>
    /// <returns>False when they cannot be used.</returns>
    public bool TryKeepIndexes(int position, long nextOffset)
    {
        var offsets = SparseIndex.Load(PathOf(".index"), 4);
        var times = SparseIndex.Load(PathOf(".timeindex"), 8);
        if (offsets is null || times is null || (offsets.Count == 0 && position > 0))
        {
            return false;
        }

        offsets.KeepBelow(position);
        times.KeepBelow((int)(nextOffset - BaseOffset) + 1);
        (_offsets, _times, _maxTimestamp) = (offsets, times, times.LastKey);
        return true;
    }

    /// <summary>Walks the file, checks every batch, adds it to the indexes, and cuts off what follows the last whole batch.</summary>
    /// <param name="from">Where the walk begins: 0, or the position of <see cref="TryKeepIndexes"/>.</param>
    /// <param name="next">The lowest offset that may come there.</param>
    /// <param name="onBatch">Called for every good batch.</param>
    /// <returns>The bytes cut off.</returns>
    public int Recover(int from, long next, Action<BatchHeader, ReadOnlyMemory<byte>> onBatch)
    {
        if (from == 0)
        {
            _offsets = new(4);
            _times = new(8);
            _maxTimestamp = -1;
        }

        var total = Length;
        var valid = from;
        var buffer = new byte[1 << 20];
        Span<byte> head = stackalloc byte[BatchHeader.Size];
        while (total - valid >= BatchHeader.Size && TryRead(Handle, valid, head))
        {
            var header = BatchHeader.Read(head);
            if (header.Magic != 2 || header.TotalSize < BatchHeader.Size || header.TotalSize > total - valid || header.BaseOffset < next)
            {
                break;
            }

            if (buffer.Length < header.TotalSize)
            {
                buffer = new byte[header.TotalSize];
            }

            var batch = buffer.AsMemory(0, header.TotalSize);
            Read(valid, batch.Span);
            if (Crc32C.Compute(batch.Span[BatchHeader.CrcStart..]) != header.Crc)
            {
                break;
            }

            onBatch(header, batch);
            Index(header, valid);
            valid += header.TotalSize;
            next = header.LastOffset + 1;
        }

        if (valid < total)
        {
            Truncate(valid);
        }

        return total - valid;
    }

    private static bool TryRead(SafeFileHandle handle, long position, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(handle, buffer, position);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
            position += read;
        }

        return true;
    }

    private void Index(in BatchHeader header, int position)
    {
        if (_offsets!.Count == 0 || position - _offsets.LastValue >= IndexInterval)
        {
            _offsets.Add(header.BaseOffset - BaseOffset, position);

            // Invariant: no batch before the entry's offset has a timestamp above its key. A search by time starts there.
            if (_maxTimestamp > _times!.LastKey)
            {
                _times.Add(_maxTimestamp, (int)(header.BaseOffset - BaseOffset));
            }
        }

        _maxTimestamp = Math.Max(_maxTimestamp, header.MaxTimestamp);
    }

    private (SparseIndex Offsets, SparseIndex Times) LoadIndexes()
    {
        _offsets = SparseIndex.Load(PathOf(".index"), 4);
        _times = SparseIndex.Load(PathOf(".timeindex"), 8);
        if (_offsets is null || _times is null || (_offsets.Count == 0 && Length > 0) || _offsets.LastValue >= Math.Max(Length, 1))
        {
            _offsets = new(4);
            _times = new(8);
            for (var position = 0; position < Length;)
            {
                var header = ReadHeader(position);
                Index(header, position);
                position += header.TotalSize;
            }
        }

        _maxTimestamp = Math.Max(_maxTimestamp, _times.LastKey);
        return (_offsets, _times);
    }

    private string PathOf(string extension) => Path.Combine(_folder, NameOf(BaseOffset) + extension);

    private void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            _handle?.Dispose();
        }
    }

    private sealed class Slice(LogSegment segment, SafeFileHandle handle, int position, int length) : FileSlice(position, length)
    {
        private int _disposed;

        public override void Read(int offset, Span<byte> buffer)
        {
            if (!TryRead(handle, Position + offset, buffer))
            {
                throw new EndOfStreamException($"{segment.LogPath} ends before byte {Position + offset + buffer.Length}.");
            }
        }

        public override void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                segment.Release();
            }
        }
    }
}
