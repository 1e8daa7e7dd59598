using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Contracts.Tests;

public sealed class TextNormalizerTests
{
    [Theory]
    [InlineData("a\r\nb\rc\n", "a\nb\nc")]
    [InlineData("\n\n  indented \t\n\nend  ", "  indented\n\nend")]
    [InlineData("zero\u200bwidth\u0000 and\u0007 bell", "zerowidth and bell")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("left\u202eright", "leftright")]
    [InlineData("tab\vand\ffeed", "tab and feed")]
    [InlineData("emoji \ud83d\ude00", "emoji \ud83d\ude00")]
    [InlineData("", "")]
    public void Clean_ShouldGiveTheStoredForm(string text, string expected) => Assert.Equal(expected, TextNormalizer.Clean(text));

    [Fact]
    public void Clean_ShouldReplaceLoneSurrogates() => Assert.Equal("lone \ufffd surrogate", TextNormalizer.Clean("lone \ud800 surrogate"));

    [Fact]
    public void Clean_ShouldChangeNothingTheSecondTime() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            string once = TextNormalizer.Clean(text ?? "");
            return TextNormalizer.Clean(once) == once;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fold_ShouldGiveTheSameForTheCleanText() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => TextNormalizer.Fold(TextNormalizer.Clean(text ?? "")) == TextNormalizer.Fold(text ?? ""))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Clean_ShouldTakeFiveMegabytes() =>
        Assert.Equal(5_000_000, TextNormalizer.Clean(string.Concat(Enumerable.Repeat("0123 6789\n", 500_000)) + "x").Length - 1);
}
