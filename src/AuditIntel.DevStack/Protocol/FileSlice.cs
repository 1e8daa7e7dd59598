namespace AuditIntel.DevStack.Protocol;

/// <summary>A piece of an open file. It keeps the file readable, even when deleted meanwhile, until it is disposed.</summary>
internal abstract class FileSlice(long position, int length) : IDisposable
{
    public long Position { get; } = position;

    public int Length { get; } = length;

    /// <summary>Fills the buffer from <paramref name="offset"/> bytes after the start of the slice.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than the slice.</exception>
    public abstract void Read(int offset, Span<byte> buffer);

    public abstract void Dispose();
}
