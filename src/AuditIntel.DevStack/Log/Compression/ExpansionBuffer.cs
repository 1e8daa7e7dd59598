using System.Buffers;

namespace AuditIntel.DevStack.Log.Compression;

/// <summary>Pooled memory that a decoder writes into; bounded, so that a small batch cannot claim all memory.</summary>
internal sealed class ExpansionBuffer(int most) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 << 10);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Room for exactly so many bytes, which count as written.</summary>
    /// <exception cref="InvalidDataException">The bound would be passed.</exception>
    public Span<byte> Take(int count)
    {
        Reserve(count);
        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }

    /// <summary>Free room of at least so many bytes, of which <see cref="Advance"/> says how many were used.</summary>
    /// <exception cref="InvalidDataException">The bound would be passed.</exception>
    public Span<byte> Free(int count)
    {
        Reserve(count);
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>Repeats what was written <paramref name="distance"/> bytes ago; the two may overlap, which repeats a pattern.</summary>
    /// <exception cref="InvalidDataException">The distance reaches before the first byte.</exception>
    public void Repeat(int distance, int count)
    {
        if (distance <= 0 || distance > Length)
        {
            throw new InvalidDataException($"The compressed data refers back {distance} bytes where {Length} were written.");
        }

        var from = Length - distance;
        var target = Take(count);
        while (count > 0)
        {
            var part = Math.Min(count, distance);
            _bytes.AsSpan(from, part).CopyTo(target);
            target = target[part..];
            count -= part;
            distance += part;
        }
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Reserve(int count)
    {
        if (count < 0 || count > most - Length)
        {
            throw new InvalidDataException($"The compressed data opens to more than {most} bytes.");
        }

        if (_bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max((long)_bytes.Length * 2, (long)Length + count), Array.MaxLength));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
    }
}
