using System.Buffers;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.State;

/// <summary>Memos as bytes for a store: a version, then the sketch. Not more than 3 KB, usually 640 bytes; the id is not among them, the store's key is.</summary>
public static class FindingMemoCodec
{
    private const byte Version = 2;

    public static void Write(FindingMemo memo, IBufferWriter<byte> to)
    {
        to.Write([Version]);
        to.Write(memo.Bytes);
    }

    /// <param name="id">The id that the memo is to have.</param>
    /// <param name="from">Moved behind the memo.</param>
    /// <exception cref="FormatException">The bytes are no memo, or one of another version.</exception>
    public static FindingMemo Read(string id, ref ReadOnlySpan<byte> from)
    {
        byte version = PackedNumbers.Take(ref from, 1)[0];
        if (version != Version)
        {
            throw new FormatException($"The memo of finding '{id}' has version {version}, this program reads {Version}: reset the application that keeps it.");
        }

        ReadOnlySpan<byte> sketch = from;
        SketchCodec.Read(id, ref from);
        return new FindingMemo(id, sketch[..^from.Length].ToArray());
    }
}
