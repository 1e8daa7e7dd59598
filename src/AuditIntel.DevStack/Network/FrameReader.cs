using System.Buffers;
using System.Buffers.Binary;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Network;

/// <summary>
/// Takes frames from a connection into one pooled buffer, from which they are used in place. A large frame gets memory only as its bytes
/// arrive, so a length that is never fulfilled costs nothing.
/// </summary>
internal sealed class FrameReader(Stream stream, int maxFrameBytes) : IDisposable
{
    private const int InitialSize = 64 << 10;
    private const int KeptSize = 4 << 20;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _end;

    /// <summary>The next frame without its length, valid until the next call; null when the client has closed the connection.</summary>
    public async ValueTask<Memory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        Compact();
        if (!await FillAsync(4, cancellationToken).ConfigureAwait(false))
        {
            return _end == _start ? null : throw new ProtocolException("The connection ended inside the length of a frame.");
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start));
        if (length < 1 || length > maxFrameBytes)
        {
            throw new ProtocolException($"A frame claims {length} bytes; 1 to {maxFrameBytes} are allowed.");
        }

        if (!await FillAsync(4 + length, cancellationToken).ConfigureAwait(false))
        {
            throw new ProtocolException($"The connection ended inside a frame of {length} bytes.");
        }

        var frame = _buffer.AsMemory(_start + 4, length);
        _start += 4 + length;
        return frame;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<bool> FillAsync(int needed, CancellationToken cancellationToken)
    {
        while (_end - _start < needed)
        {
            if (_end == _buffer.Length)
            {
                Resize(Math.Min(Math.Max(needed, InitialSize), Math.Max(_buffer.Length * 2, 1 << 20)));
            }

            var received = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (received == 0)
            {
                return false;
            }

            _end += received;
        }

        return true;
    }

    private void Compact()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
            if (_buffer.Length > KeptSize)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
            }
        }
        else if (_start > _buffer.Length / 2)
        {
            Resize(_buffer.Length);
        }
    }

    private void Resize(int size)
    {
        var unread = _end - _start;
        if (size <= _buffer.Length && unread < _buffer.Length)
        {
            _buffer.AsSpan(_start, unread).CopyTo(_buffer);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, unread + 1));
            _buffer.AsSpan(_start, unread).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _start = 0;
        _end = unread;
    }
}
