using System.IO.Compression;

namespace AuditIntel.DevStack.Log.Compression;

/// <summary>The records of a batch, opened. Its memory is pooled: dispose it, and keep no span of it.</summary>
internal readonly ref struct BatchBody : IDisposable
{
    /// <summary>What a batch may open to, in bytes; a larger one is passed through but never opened.</summary>
    public const int MostBytes = 256 << 20;

    private readonly ExpansionBuffer? _buffer;

    private BatchBody(ReadOnlySpan<byte> records, ExpansionBuffer? buffer)
    {
        Records = records;
        _buffer = buffer;
    }

    public ReadOnlySpan<byte> Records { get; }

    /// <summary>Whether this machine has the codec: all but zstd are built in, zstd needs the system's library.</summary>
    public static bool CanOpen(CompressionCodec codec) => codec != CompressionCodec.Zstd || ZstdLibrary.IsAvailable;

    /// <summary>Opens a batch whose codec <see cref="CanOpen"/>.</summary>
    /// <exception cref="InvalidDataException">The compressed data is damaged or opens to more than <see cref="MostBytes"/>.</exception>
    public static BatchBody Open(in BatchHeader header, ReadOnlySpan<byte> batch)
    {
        var source = batch[BatchHeader.Size..];
        if (header.Compression == CompressionCodec.None)
        {
            return new(source, null);
        }

        var buffer = new ExpansionBuffer(MostBytes);
        try
        {
            Expand(header.Compression, source, buffer);
            return new(buffer.Written, buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    public void Dispose() => _buffer?.Dispose();

    private static void Expand(CompressionCodec codec, ReadOnlySpan<byte> source, ExpansionBuffer target)
    {
        switch (codec)
        {
            case CompressionCodec.Gzip:
                ExpandGzip(source, target);
                break;
            case CompressionCodec.Snappy:
                SnappyDecoder.Expand(source, target);
                break;
            case CompressionCodec.Lz4:
                Lz4FrameDecoder.Expand(source, target);
                break;
            case CompressionCodec.Zstd:
                ZstdLibrary.Expand(source, target);
                break;
            default:
                throw new InvalidDataException($"Compression codec {(int)codec} is unknown.");
        }
    }

    private static unsafe void ExpandGzip(ReadOnlySpan<byte> source, ExpansionBuffer target)
    {
        fixed (byte* bytes = source)
        {
            using var memory = new UnmanagedMemoryStream(bytes, source.Length);
            using var gzip = new GZipStream(memory, CompressionMode.Decompress);
            for (int read; (read = gzip.Read(target.Free(32 << 10))) > 0;)
            {
                target.Advance(read);
            }
        }
    }
}
