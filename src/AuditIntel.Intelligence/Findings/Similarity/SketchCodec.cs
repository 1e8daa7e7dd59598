using System.Buffers;
using System.Buffers.Binary;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Reading;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// Sketches as bytes, without their ids: hashes of contest, platform, author and document, severity, length, words, the other lists, references, types. Of 8 229
/// real findings they took 640 bytes on average, 1 723 at most.
/// </summary>
internal static class SketchCodec
{
    /// <summary>Lists whose terms are mostly words of the same finding.</summary>
    private static readonly TermView[] BesideWords = [TermView.Title, TermView.Head, TermView.Impact, TermView.Recommendation];

    private static readonly TermView[] Others = [TermView.Named, TermView.Coded, TermView.Phrases];

    public static void Write(FindingSketch sketch, IBufferWriter<byte> to)
    {
        PackedNumbers.Write(to, sketch.Contest);
        PackedNumbers.Write(to, sketch.Platform);
        PackedNumbers.Write(to, sketch.Author);
        PackedNumbers.Write(to, sketch.Document);
        to.Write([(byte)sketch.Severity]);
        PackedNumbers.WriteLength(to, sketch.Length);
        TermCountsCodec.Write(sketch.Words, to);
        foreach (TermView view in BesideWords)
        {
            TermCountsCodec.WriteBeside(WeightedSketch.TermsOf(sketch, view), sketch.Words, to);
        }

        foreach (TermView view in Others)
        {
            TermCountsCodec.Write(WeightedSketch.TermsOf(sketch, view), to);
        }

        PackedNumbers.WriteLength(to, sketch.References.Length);
        foreach (CodeReference reference in sketch.References)
        {
            PackedNumbers.Write(to, reference.File);
            PackedNumbers.Write(to, (uint)reference.From);
            PackedNumbers.Write(to, (uint)reference.To);
        }

        PackedNumbers.WriteLength(to, sketch.Types.Length);
        to.Write(sketch.Types);
    }

    /// <param name="id">The id that the sketch is to have.</param>
    /// <param name="from">Moved behind the sketch.</param>
    /// <exception cref="FormatException">The bytes are no sketch.</exception>
    public static FindingSketch Read(string id, ref ReadOnlySpan<byte> from)
    {
        (uint contest, uint platform) = (PackedNumbers.Read(ref from), PackedNumbers.Read(ref from));
        (uint author, uint document) = (PackedNumbers.Read(ref from), PackedNumbers.Read(ref from));
        var severity = (Severity)PackedNumbers.Take(ref from, 1)[0];
        int length = PackedNumbers.ReadLength(ref from);
        TermCounts words = TermCountsCodec.Read(ref from);
        return new FindingSketch
        {
            Id = id,
            Contest = contest,
            Platform = platform,
            Author = author,
            Document = document,
            Severity = severity,
            Length = length,
            Words = words,
            Title = TermCountsCodec.ReadBeside(words, ref from),
            Head = TermCountsCodec.ReadBeside(words, ref from),
            Impact = TermCountsCodec.ReadBeside(words, ref from),
            Recommendation = TermCountsCodec.ReadBeside(words, ref from),
            Named = TermCountsCodec.Read(ref from),
            Coded = TermCountsCodec.Read(ref from),
            Phrases = TermCountsCodec.Read(ref from),
            References = References(ref from),
            Types = PackedNumbers.Take(ref from, PackedNumbers.ReadLength(ref from)).ToArray(),
        };
    }

    // The first numbers stand at fixed places, so that one of them can be had without the rest.
    public static uint ContestOf(ReadOnlySpan<byte> sketch) => BinaryPrimitives.ReadUInt32LittleEndian(sketch);

    public static uint PlatformOf(ReadOnlySpan<byte> sketch) => BinaryPrimitives.ReadUInt32LittleEndian(sketch[4..]);

    public static uint DocumentOf(ReadOnlySpan<byte> sketch) => BinaryPrimitives.ReadUInt32LittleEndian(sketch[12..]);

    public static TermCounts WordsOf(ReadOnlySpan<byte> sketch)
    {
        sketch = sketch[17..];
        PackedNumbers.ReadLength(ref sketch);
        return TermCountsCodec.Read(ref sketch);
    }

    private static CodeReference[] References(ref ReadOnlySpan<byte> from)
    {
        int count = PackedNumbers.ReadLength(ref from);
        var references = new CodeReference[count <= TermCountsCodec.MostTerms ? count : throw new FormatException($"A sketch claims {count} references: its bytes are damaged.")];
        for (int i = 0; i < references.Length; i++)
        {
            references[i] = new CodeReference(PackedNumbers.Read(ref from), (int)PackedNumbers.Read(ref from), (int)PackedNumbers.Read(ref from));
        }

        return references;
    }
}
