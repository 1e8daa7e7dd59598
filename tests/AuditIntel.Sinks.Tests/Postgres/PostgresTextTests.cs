using System.Text;
using AuditIntel.Sinks.Postgres;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Sinks.Tests.Postgres;

public sealed class PostgresTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("\0", "")]
    [InlineData("a\0b\0", "ab")]
    [InlineData("rocket \U0001F680 stays", "rocket \U0001F680 stays")]
    [InlineData("\U0001F680\0", "\U0001F680")]
    public void Clean_ShouldRemoveNulAndKeepTheRest(string text, string expected) => Assert.Equal(expected, PostgresText.Clean(text));

    [Fact]
    public void Clean_ShouldReplaceSurrogates_WhenTheyAreAlone()
    {
        Assert.Equal("a\uFFFDb", PostgresText.Clean("a" + (char)0xD83D + "b"));
        Assert.Equal("a\uFFFD", PostgresText.Clean("a" + (char)0xDE80));
        Assert.Equal("\uFFFD", PostgresText.Clean(((char)0xD83D).ToString()));
    }

    [Fact]
    public void Clean_ShouldReturnTheSameObject_WhenTextIsClean()
    {
        var text = new string('x', 3000);
        Assert.Same(text, PostgresText.Clean(text));
    }

    [Fact]
    public void Clean_ShouldAlwaysGiveStorableText() =>
        Prop.ForAll<string?>(text =>
        {
            var clean = PostgresText.Clean(text ?? "");
            return !clean.Contains('\0') && new UTF8Encoding(false, true).GetByteCount(clean) >= 0 && PostgresText.Clean(clean) == clean;
        }).QuickCheckThrowOnFailure();
}
