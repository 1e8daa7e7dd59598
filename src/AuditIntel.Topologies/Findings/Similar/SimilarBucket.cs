using System.Text;
using AuditIntel.Intelligence.Findings.State;

namespace AuditIntel.Topologies.Findings.Similar;

/// <summary>
/// The newest findings with one band, as the bytes of their store: of each the signature, then id, platform and contest behind their lengths. Kept as bytes, since every
/// finding stands in a dozen of them.
/// </summary>
internal static class SimilarBucket
{
    /// <summary>Findings that are kept of a band; what very many share is no news.</summary>
    public const int Most = 32;

    public static List<SimilarText> Read(ReadOnlySpan<byte> bucket)
    {
        var texts = new List<SimilarText>();
        while (!bucket.IsEmpty)
        {
            SimilaritySignature signature = SimilaritySignature.Read(bucket);
            bucket = bucket[SimilaritySignature.Size..];
            texts.Add(new SimilarText(Text(ref bucket), Text(ref bucket), Text(ref bucket), signature));
        }

        return texts;
    }

    public static byte[] Write(IReadOnlyList<SimilarText> texts)
    {
        using var bytes = new MemoryStream();
        Span<byte> signature = stackalloc byte[SimilaritySignature.Size];
        foreach (SimilarText text in texts.Skip(texts.Count - Most))
        {
            text.Signature.Write(signature);
            bytes.Write(signature);
            Text(bytes, text.Id);
            Text(bytes, text.Platform);
            Text(bytes, text.Contest);
        }

        return bytes.ToArray();
    }

    public static SimilarText Of(SimilarityNotice notice) => new(notice.Subject.Id, notice.Subject.Platform, notice.Subject.Contest, notice.Signature);

    private static void Text(MemoryStream to, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        to.Write(BitConverter.GetBytes((ushort)bytes.Length));
        to.Write(bytes.AsSpan(0, (ushort)bytes.Length));
    }

    private static string Text(ref ReadOnlySpan<byte> from)
    {
        int length = BitConverter.ToUInt16(from);
        string text = Encoding.UTF8.GetString(from.Slice(sizeof(ushort), length));
        from = from[(sizeof(ushort) + length)..];
        return text;
    }
}
