namespace AuditIntel.Contracts.Tests.Configuration;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("10m", 600_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("0s", 0)]
    public void Duration_ShouldBeReadAndWrittenAlike(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
        Assert.Equal(text, DurationText.Of(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("10 m")]
    [InlineData("10M")]
    [InlineData("10min")]
    [InlineData("999999999999999d")]
    [InlineData("99999999999999999999s")]
    public void AnythingElse_ShouldBeRefused(string text) => Assert.False(DurationText.TryParse(text, out _));
}
