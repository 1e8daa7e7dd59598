using System.Buffers;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.State;

namespace AuditIntel.Intelligence.Tests.Findings;

public sealed class StateTests
{
    private static readonly FindingMemoReader Reader = new();

    [Fact]
    public void Memo_ShouldBeTheSameAfterTheStore()
    {
        FindingMemo memo = Memo(0);
        byte[] bytes = Write(memo);
        ReadOnlySpan<byte> from = bytes;
        Assert.Equal(bytes, Write(FindingMemoCodec.Read(memo.Id, ref from)));
        Assert.True(from.IsEmpty);
        Assert.InRange(bytes.Length, 100, 3_000);
    }

    [Fact]
    public void Memo_ShouldBeRefused_WhenItsBytesAreCutOffOrDamaged()
    {
        byte[] bytes = Write(Memo(0));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => Read(bytes[..length]));
        }

        bytes.AsSpan(18, 5).Fill(0xFF);
        Assert.Throws<FormatException>(() => Read(bytes));
        bytes[0] = 9;
        Assert.Contains("version 9", Assert.Throws<FormatException>(() => Read(bytes)).Message);
    }

    [Fact]
    public void Signatures_ShouldShareABand_WhenTextsAreNearlyTheSame_AndTellHowMuch()
    {
        FindingText text = SampleFindings.Grouped(1, 1)[2].Finding;
        SimilaritySignature one = SimilaritySignature.Of(Reader.Read(text))!;
        SimilaritySignature near = SimilaritySignature.Of(Reader.Read(text with { Body = text.Body.Replace("number 0", "number 7", StringComparison.Ordinal) }))!;
        SimilaritySignature other = SimilaritySignature.Of(Memo(4))!;
        Assert.Equal(1, one.Resemblance(one));
        Assert.InRange(one.Resemblance(near), 0.8, 1);
        Assert.InRange(one.FirstShared(near), 0, SimilaritySignature.Bands - 1);
        Assert.InRange(one.Resemblance(other), 0, 0.3);
        Assert.Null(SimilaritySignature.Of(Reader.Read(text with { Title = "Typo", Body = "A typo." })));

        byte[] bytes = new byte[SimilaritySignature.Size];
        near.Write(bytes);
        Assert.Equal(one.Resemblance(near), SimilaritySignature.Read(bytes).Resemblance(one));
        Assert.Throws<FormatException>(() => SimilaritySignature.Read(bytes.AsSpan(1)));
    }

    private static FindingMemo Memo(int issue) => Reader.Read(SampleFindings.Grouped(1, 1)[issue].Finding);

    private static byte[] Write(FindingMemo memo)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FindingMemoCodec.Write(memo, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Read(byte[] bytes)
    {
        ReadOnlySpan<byte> from = bytes;
        FindingMemoCodec.Read("x", ref from);
    }
}
