using System.Buffers;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Network;

/// <summary>Sends frames; pieces of log files pass through one pooled buffer, so memory does not grow with the size of a fetch.</summary>
internal sealed class FrameSender(Stream stream)
{
    private const int ChunkSize = 256 << 10;

    public async ValueTask SendAsync(WireWriter frame, CancellationToken cancellationToken)
    {
        if (frame.Splices.Count == 0)
        {
            await stream.WriteAsync(frame.Own, cancellationToken).ConfigureAwait(false);
            return;
        }

        var chunk = ArrayPool<byte>.Shared.Rent(Math.Min(ChunkSize, frame.TotalLength));
        try
        {
            var filled = 0;
            var from = 0;
            foreach (var splice in frame.Splices)
            {
                filled = await CopyAsync(frame.Own[from..splice.Position], chunk, filled, cancellationToken).ConfigureAwait(false);
                from = splice.Position;
                filled = splice.Payload.File is { } file
                    ? await CopyAsync(file, chunk, filled, cancellationToken).ConfigureAwait(false)
                    : await CopyAsync(splice.Payload.Memory, chunk, filled, cancellationToken).ConfigureAwait(false);
            }

            filled = await CopyAsync(frame.Own[from..], chunk, filled, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(chunk.AsMemory(0, filled), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private async ValueTask<int> CopyAsync(ReadOnlyMemory<byte> source, byte[] chunk, int filled, CancellationToken cancellationToken)
    {
        while (source.Length > 0)
        {
            if (filled == chunk.Length)
            {
                await stream.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
                filled = 0;
            }

            var part = Math.Min(source.Length, chunk.Length - filled);
            source[..part].CopyTo(chunk.AsMemory(filled));
            source = source[part..];
            filled += part;
        }

        return filled;
    }

    private async ValueTask<int> CopyAsync(FileSlice source, byte[] chunk, int filled, CancellationToken cancellationToken)
    {
        for (var done = 0; done < source.Length;)
        {
            if (filled == chunk.Length)
            {
                await stream.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
                filled = 0;
            }

            var part = Math.Min(source.Length - done, chunk.Length - filled);
            source.Read(done, chunk.AsSpan(filled, part));
            done += part;
            filled += part;
        }

        return filled;
    }
}
