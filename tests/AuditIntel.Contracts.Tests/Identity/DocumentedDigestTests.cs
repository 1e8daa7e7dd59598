namespace AuditIntel.Contracts.Tests.Identity;

/// <summary>The expected digests come from Python's hashlib; they stand in the room's README and never change.</summary>
public sealed class DocumentedDigestTests
{
    [Fact]
    public void FindingId_ShouldBeTheDocumentedDigest() => Assert.Equal(
        "74e5da450ba60e8ea1a9fcb4ec231ea2a7faaad78aaf1787b3e3be944a8c7d36", FindingId.Of("code4rena", "2023-01-example", "H-01"));

    [Theory]
    [InlineData("Reentrancy in withdraw()", "The café pays twice.\n\nSee below.")]
    [InlineData("  REENTRANCY  in\twithdraw() ", "The cafe\u0301 pays twice.\r\n\u200bSee\u00a0below.\ufeff\n")]
    public void ContentHash_ShouldBeTheDocumentedDigest_HoweverTheTextIsSpelled(string title, string body) =>
        Assert.Equal("0d3ef46828329693f496144ed7c55c02650493071dbe9eed2840d0d090a1e3e5", ContentHash.Of(title, body));

    [Fact]
    public void ContentHash_ShouldDiffer_WhenTextMovesFromTitleToBody() => Assert.NotEqual(ContentHash.Of("a b", "c"), ContentHash.Of("a", "b c"));

    [Fact]
    public void DeadLetterId_ShouldBeTheDocumentedDigest() => Assert.Equal(
        "960bb364637c663ed4d5e861fde2b33956bc3007a494a6c91f055fa313bdf2e3", DeadLetterId.Of("reports/a.md#3", "missing-title", [0x00, 0xFF]));

    [Fact]
    public void ContestKey_ShouldBeReadable() => Assert.Equal("sherlock/42", ContestKey.Of("sherlock", "42"));
}
