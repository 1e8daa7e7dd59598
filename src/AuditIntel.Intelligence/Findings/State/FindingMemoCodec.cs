using System.Buffers;
using System.Buffers.Binary;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Reading;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.State;

/// <summary>
/// Memos as bytes for a store: a version, then hashes, lengths and lists, little-endian, each list behind its length. Not more than 3 KB; the id is not
/// among them, the store's key is.
/// </summary>
public static class FindingMemoCodec
{
    private const byte Version = 1;

    /// <summary>Longest list that a sketch may hold; more is damage.</summary>
    private const int MostTerms = 4_096;

    public static void Write(FindingMemo memo, IBufferWriter<byte> to)
    {
        FindingSketch sketch = memo.Sketch;
        Byte(to, Version);
        Number(to, sketch.Contest);
        Number(to, sketch.Platform);
        Number(to, sketch.Author);
        Number(to, sketch.Document);
        Byte(to, (byte)sketch.Severity);
        Number(to, (uint)sketch.Length);
        for (int view = 0; view < WeightedSketch.Views; view++)
        {
            Terms(to, WeightedSketch.TermsOf(sketch, (TermView)view));
        }

        Number(to, (uint)sketch.References.Length);
        foreach (CodeReference reference in sketch.References)
        {
            Number(to, reference.File);
            Number(to, (uint)reference.From);
            Number(to, (uint)reference.To);
        }

        Byte(to, (byte)sketch.Types.Length);
        to.Write(sketch.Types);
    }

    /// <param name="id">The id that the memo is to have.</param>
    /// <param name="from">Moved behind the memo.</param>
    /// <exception cref="FormatException">The bytes are no memo, or one of another version.</exception>
    public static FindingMemo Read(string id, ref ReadOnlySpan<byte> from)
    {
        byte version = Take(ref from, 1)[0];
        if (version != Version)
        {
            throw new FormatException($"The memo of finding '{id}' has version {version}, this program reads {Version}: reset the application that keeps it.");
        }

        (uint contest, uint platform, uint author, uint document) = (Number(ref from), Number(ref from), Number(ref from), Number(ref from));
        var severity = (Severity)Take(ref from, 1)[0];
        int length = (int)Number(ref from);
        var views = new TermCounts[WeightedSketch.Views];
        for (int view = 0; view < views.Length; view++)
        {
            views[view] = Terms(ref from);
        }

        return new FindingMemo(new FindingSketch
        {
            Id = id,
            Contest = contest,
            Platform = platform,
            Author = author,
            Document = document,
            Severity = severity,
            Length = length,
            Title = views[(int)TermView.Title],
            Words = views[(int)TermView.Words],
            Head = views[(int)TermView.Head],
            Impact = views[(int)TermView.Impact],
            Recommendation = views[(int)TermView.Recommendation],
            Named = views[(int)TermView.Named],
            Coded = views[(int)TermView.Coded],
            Phrases = views[(int)TermView.Phrases],
            References = References(ref from),
            Types = Take(ref from, Take(ref from, 1)[0]).ToArray(),
        });
    }

    private static void Byte(IBufferWriter<byte> to, byte value) => to.Write([value]);

    private static void Number(IBufferWriter<byte> to, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to.GetSpan(sizeof(uint)), value);
        to.Advance(sizeof(uint));
    }

    private static void Terms(IBufferWriter<byte> to, TermCounts terms)
    {
        Number(to, (uint)terms.Length);
        foreach (uint term in terms.Terms)
        {
            Number(to, term);
        }

        to.Write(terms.Counts);
    }

    private static TermCounts Terms(ref ReadOnlySpan<byte> from)
    {
        int count = Length(ref from);
        ReadOnlySpan<byte> bytes = Take(ref from, count * sizeof(uint));
        uint[] terms = new uint[count];
        for (int i = 0; i < count; i++)
        {
            terms[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
        }

        return TermCounts.Kept(terms, Take(ref from, count).ToArray());
    }

    private static CodeReference[] References(ref ReadOnlySpan<byte> from)
    {
        var references = new CodeReference[Length(ref from)];
        for (int i = 0; i < references.Length; i++)
        {
            references[i] = new CodeReference(Number(ref from), (int)Number(ref from), (int)Number(ref from));
        }

        return references;
    }

    private static int Length(ref ReadOnlySpan<byte> from)
    {
        uint length = Number(ref from);
        return length <= MostTerms ? (int)length : throw new FormatException($"The memo claims a list of {length} entries: its bytes are damaged.");
    }

    private static uint Number(ref ReadOnlySpan<byte> from) => BinaryPrimitives.ReadUInt32LittleEndian(Take(ref from, sizeof(uint)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int count)
    {
        if (count > from.Length)
        {
            throw new FormatException($"The memo ends {count - from.Length} bytes too early: its bytes are cut off.");
        }

        ReadOnlySpan<byte> taken = from[..count];
        from = from[count..];
        return taken;
    }
}
