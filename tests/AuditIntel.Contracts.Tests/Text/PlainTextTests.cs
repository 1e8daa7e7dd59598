using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Contracts.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("plain", 10, "plain")]
    [InlineData("a\r\nb\tc", 10, "a  b c")]
    [InlineData("turn\u202ed", 10, "turn d")]
    [InlineData("\u001b[31mred", 10, " [31mred")]
    [InlineData("0123456789ab", 10, "0123456...")]
    [InlineData("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00", 6, "\ud83d\ude00...")]
    public void Line_ShouldBeOneCleanLine(string text, int longest, string line) => Assert.Equal(line, PlainText.Line(text, longest));

    [Fact]
    public void LoneSurrogate_ShouldBecomeTheReplacementCharacter() => Assert.Equal("a\ufffdb", PlainText.Line("a" + (char)0xD83D + "b", 10));

    [Fact]
    public void Line_ShouldHoldForAnyText() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        string line = PlainText.Line(text ?? "", 20);
        Assert.InRange(line.Length, 0, 20);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.Equal(line, PlainText.Line(line, 20));
    }).QuickCheckThrowOnFailure();
}
