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

    private static readonly string Hash = "0x" + string.Concat(Enumerable.Repeat("1f", 32));

    [Fact]
    public void IdsOfAChain_ShouldBeTheDocumentedDigests()
    {
        Assert.Equal("3608dabbb028d76d33db95c3c5b08ba30886a707aeb41d0e9ba6e1e5ae4ed58f", TransactionId.Of(1, Hash));
        Assert.Equal("925dcf9a8de9292255078c8c55a51047c838ab525fd97acf61e693ccb50392e6", AnomalyId.Of("transaction", 1, Hash));
        Assert.Equal("1ca09f73e24f99b4f2bbdd3911f9fe0ae117f9e960f04d15a122bebdd299ca43", AlertId.Of("large-transfer", AnomalyId.Of("transaction", 1, Hash)));
    }

    [Fact]
    public void ChainKey_ShouldBeReadable() => Assert.Equal(("1/0xab", "1/17173049"), (ChainKey.Of(1, "0xab"), ChainKey.Of(1, 17173049)));
}
