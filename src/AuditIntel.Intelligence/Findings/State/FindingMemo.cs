using System.Buffers;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.State;

/// <summary>
/// What is kept of a finding so that later ones can be held against it: bounded lists of hashed terms, never the text. Held as bytes, since a store keeps one for
/// every finding and looks at few. Immutable.
/// </summary>
public sealed class FindingMemo
{
    private readonly byte[] _sketch;

    internal FindingMemo(FindingSketch sketch)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        SketchCodec.Write(sketch, bytes);
        (Id, _sketch) = (sketch.Id, bytes.WrittenSpan.ToArray());
    }

    /// <param name="id">Its id.</param>
    /// <param name="sketch">A sketch as <see cref="SketchCodec"/> writes it.</param>
    internal FindingMemo(string id, byte[] sketch) => (Id, _sketch) = (id, sketch);

    /// <value>The id that the text had when it was read.</value>
    public string Id { get; }

    internal ReadOnlySpan<byte> Bytes => _sketch;

    /// <value>The sketch, made anew at each call.</value>
    internal FindingSketch Sketch
    {
        get
        {
            ReadOnlySpan<byte> from = _sketch;
            return SketchCodec.Read(Id, ref from);
        }
    }
}
