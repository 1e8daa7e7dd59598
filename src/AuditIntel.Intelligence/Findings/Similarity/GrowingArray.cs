namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>An array that grows by chunks, so that growing neither copies it nor needs twice its room. The first chunk begins small.</summary>
internal sealed class GrowingArray<T>
    where T : struct
{
    private const int ChunkBits = 16;
    private const int ChunkLength = 1 << ChunkBits;
    private const int FirstLength = 1 << 9;

    private readonly int _size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
    private T[][] _chunks = [new T[FirstLength]];

    public long Bytes => _size * (_chunks[0].LongLength + ((_chunks.Length - 1L) * ChunkLength));

    public ref T this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkLength - 1)];

    /// <summary>Makes room; new elements are the default.</summary>
    public void Reach(int length)
    {
        if (_chunks[0].Length < Math.Min(length, ChunkLength))
        {
            Array.Resize(ref _chunks[0], (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(length, ChunkLength)));
        }

        while (_chunks.Length * (long)ChunkLength < length)
        {
            Array.Resize(ref _chunks, _chunks.Length + 1);
            _chunks[^1] = new T[ChunkLength];
        }
    }
}
