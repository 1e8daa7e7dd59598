using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Contracts.Tests.Text;

public sealed class NormalFormTests
{
    private const int LargeText = 5 * 1024 * 1024;

    [Theory]
    [InlineData("", "")]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("tab\vand\ffeed\u0085line", "tab and feed line")]
    [InlineData("\n\n  indented \t\n\nend  ", "  indented\n\nend")]
    [InlineData("\n \n  a  \n\n\t b \n \n", "  a\n\n\t b")]
    [InlineData("zero\u200bwidth\u0000 and\u0007 bell", "zerowidth and bell")]
    [InlineData("a\u0000b\u0007c\u007fd\u009fe", "abcde")]
    [InlineData("z\u200be\u200cr\u200do\ufeff\u2060\u00ad", "zero")]
    [InlineData("left\u202eright\u2066", "leftright")]
    [InlineData("e\u0301", "é")]
    [InlineData("e\u200d\u0301", "é")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void Clean_ShouldMakeTheStoredForm(string text, string clean) => Assert.Equal(clean, TextNormalizer.Clean(text));

    [Fact]
    public void LoneSurrogates_ShouldBecomeReplacementCharacters() => Assert.Equal("a\ufffdb", TextNormalizer.Clean("a\ud800b"));

    [Theory]
    [InlineData("  Two\r\n\tWORDS\u00a0 ", "two words")]
    [InlineData("ÉCOLE", "école")]
    [InlineData("E\u0301COLE", "école")]
    [InlineData("zero\u200bwidth", "zerowidth")]
    [InlineData("\n \t", "")]
    public void Fold_ShouldMakeTheComparedForm(string text, string folded) => Assert.Equal(folded, TextNormalizer.Fold(text));

    [Fact]
    public void Forms_ShouldBeStable_AndFoldingShouldNotDependOnCleaning() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
    {
        string text = RandomText.Of(seed);
        string clean = TextNormalizer.Clean(text);
        string folded = TextNormalizer.Fold(text);
        Assert.Equal(clean, TextNormalizer.Clean(clean));
        Assert.Equal(folded, TextNormalizer.Fold(folded));
        Assert.Equal(folded, TextNormalizer.Fold(clean));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("plain ascii text. ")]
    [InlineData("\n")]
    [InlineData(" \n")]
    [InlineData("e\u0301")]
    [InlineData("\u0301\u0323")]
    [InlineData("\uac00\u11a8")]
    [InlineData("\u200b")]
    public void LargeText_ShouldTakeLittleTime(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, LargeText / piece.Length));
        var watch = Stopwatch.StartNew();
        TextNormalizer.Clean(text);
        TextNormalizer.Fold(text);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }
}
