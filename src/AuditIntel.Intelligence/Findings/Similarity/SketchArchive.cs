using System.Buffers;
using System.Text;
using AuditIntel.Intelligence.Findings.Reading;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// Sketches of a history by number and by id, as bytes in few large arrays: no object is kept for a finding, so that a million of them cost the garbage collector
/// nothing. Single owner, not for concurrent use.
/// </summary>
internal sealed class SketchArchive
{
    private const int FirstChunk = 1 << 12;
    private const int LargestChunk = 1 << 20;

    private readonly List<byte[]> _chunks = [];
    private readonly List<long> _places = [];
    private readonly HashedNumbers _numbers = new();
    private readonly ArrayBufferWriter<byte> _bytes = new(4_096);
    private int _free;

    /// <value>Sketches; they are numbered from 0.</value>
    public int Count => _places.Count;

    /// <value>What all of it takes.</value>
    public long Bytes => _chunks.Sum(static chunk => (long)chunk.Length) + (_places.Capacity * 8L) + _numbers.Bytes;

    /// <summary>The sketch of a number, made anew at each call.</summary>
    public FindingSketch this[int number]
    {
        get
        {
            ReadOnlySpan<byte> sketch = SketchOf(number, out ReadOnlySpan<byte> id);
            return SketchCodec.Read(Encoding.UTF8.GetString(id), ref sketch);
        }
    }

    /// <summary>Keeps a sketch under the next number, whose id is not known yet.</summary>
    public void Add(FindingSketch sketch)
    {
        _bytes.ResetWrittenCount();
        PackedNumbers.WriteLength(_bytes, Encoding.UTF8.GetByteCount(sketch.Id));
        Encoding.UTF8.GetBytes(sketch.Id, _bytes);
        SketchCodec.Write(sketch, _bytes);
        int length = _bytes.WrittenCount;
        if (_chunks.Count == 0 || _chunks[^1].Length - _free < length)
        {
            int size = _chunks.Count == 0 ? FirstChunk : Math.Min(LargestChunk, _chunks[^1].Length * 2);
            _chunks.Add(new byte[Math.Max(size, length)]);
            _free = 0;
        }

        _bytes.WrittenSpan.CopyTo(_chunks[^1].AsSpan(_free));
        _numbers.Add(TermHash.OfFolded(sketch.Id), Count);
        _places.Add(((long)(_chunks.Count - 1) << 32) | (uint)_free);
        _free += length;
    }

    /// <summary>The number of an id, -1 for one that is not known.</summary>
    public int NumberOf(string id)
    {
        int slot = -1;
        while (_numbers.Next(TermHash.OfFolded(id), ref slot) is >= 0 and var number)
        {
            if (IdOf(number) == id)
            {
                return number;
            }
        }

        return -1;
    }

    public string IdOf(int number)
    {
        SketchOf(number, out ReadOnlySpan<byte> id);
        return Encoding.UTF8.GetString(id);
    }

    public uint ContestOf(int number) => SketchCodec.ContestOf(SketchOf(number, out _));

    public uint PlatformOf(int number) => SketchCodec.PlatformOf(SketchOf(number, out _));

    public uint DocumentOf(int number) => SketchCodec.DocumentOf(SketchOf(number, out _));

    public TermCounts WordsOf(int number) => SketchCodec.WordsOf(SketchOf(number, out _));

    private ReadOnlySpan<byte> SketchOf(int number, out ReadOnlySpan<byte> id)
    {
        long place = _places[number];
        ReadOnlySpan<byte> bytes = _chunks[(int)(place >> 32)].AsSpan((int)place);
        id = PackedNumbers.Take(ref bytes, PackedNumbers.ReadLength(ref bytes));
        return bytes;
    }
}
