using System.Diagnostics;
using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Findings.Code;
using AuditIntel.Intelligence.Findings.Extraction;
using AuditIntel.Intelligence.Findings.Reading;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Tests.Findings;

public sealed class ReadingTests
{
    [Fact]
    public void References_ShouldBeReadFromLinksAndFromText()
    {
        var sink = new TermSink();
        TermReader.Read("see https://github.com/a/b/blob/main/src/Vault.sol#L10-L20 and Vault.sol:15-30", isCode: false, sink);
        Assert.Equal(2, sink.References.Count);
        Assert.Equal((10, 20), (sink.References[0].From, sink.References[0].To));
        Assert.Equal(6 / 21.0, sink.References[0].Overlap(sink.References[1]), 10);
    }

    [Fact]
    public void Identifiers_ShouldBeWholeAndSplit_WhenInCamelCase()
    {
        var sink = new TermSink();
        TermReader.Read("the liquidationThreshold", isCode: false, sink);
        Assert.Equal([TermHash.OfFolded("liquidationthreshold")], sink.Identifiers);
        Assert.Equal(2, sink.Words.Count);
    }

    [Fact]
    public void Phrases_ShouldKeepSmallWordsAndEndings_AndLeaveOutAddresses()
    {
        var words = new List<uint>();
        PhraseReader.Read("It was not (see https://a.b/c?x=1#y) Updated", words);
        Assert.Equal([.. new[] { "it", "was", "not", "see", "updated" }.Select(word => TermHash.OfFolded(word))], words);
    }

    [Theory]
    [InlineData("as in H-01 here")]
    [InlineData("as in M12 here")]
    [InlineData("as in L-3 here")]
    [InlineData("as in Q-007 here")]
    public void Phrases_ShouldNotHoldIdsOfFindings_WhichTellTheSeverity(string text)
    {
        var words = new List<uint>();
        PhraseReader.Read(text, words);
        Assert.Equal([.. new[] { "as", "in", "here" }.Select(word => TermHash.OfFolded(word))], words);
    }

    [Theory]
    [InlineData("H-index M-")]
    [InlineData("L-2000 G")]
    public void Phrases_ShouldKeepWhatOnlyLooksLikeAnId(string text)
    {
        var words = new List<uint>();
        PhraseReader.Read(text, words);
        Assert.Equal([.. text.Split(' ', '-').Where(word => word.Length > 0).Select(word => TermHash.OfFolded(word))], words);
    }

    [Fact]
    public void Pieces_ShouldTakeAnUnclosedFenceAsProse()
    {
        List<MarkdownPiece> pieces = MarkdownPieces.Cut("one\n```solidity\nfunction f()\n## Impact\nlost");
        Assert.All(pieces, piece => Assert.False(piece.IsCode));
        Assert.Equal(FindingPart.Impact, pieces[^1].Part);
    }

    [Fact]
    public void Pieces_ShouldSetAsideWhatJudgesSaid()
    {
        List<MarkdownPiece> pieces = MarkdownPieces.Cut("text\n\n**[name (Judge) decreased severity to Medium](u):**\n> agreed\nmore");
        Assert.Equal(FindingPart.Description, pieces[0].Part);
        Assert.All(pieces.Skip(1), piece => Assert.Equal(FindingPart.Comments, piece.Part));
    }

    [Theory]
    [InlineData("```\n")]
    [InlineData("~~~\n```\n")]
    [InlineData("<div>")]
    [InlineData("\u202e\u200b")]
    [InlineData("a.b(c)[d]")]
    [InlineData("9,9.9_9")]
    [InlineData("/* \" ' ")]
    public void Reading_ShouldStayFast_WhenFiveMegabytesAreHostile(string piece)
    {
        string body = string.Concat(Enumerable.Repeat(piece, 5_000_000 / piece.Length));
        var watch = Stopwatch.StartNew();
        var finding = SampleFindings.Finding("x", "title", body);
        FindingReading.Of(finding, new RuleClassifier(), CueTable.Default);
        new FactReader().Read(finding);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    [Fact]
    public void Tokens_ShouldCoverCommentsStringsAndLongSymbols()
    {
        const string Source = "a += 1e18; // x\n/* y */ \"s\\\"t\" >>>= _b";
        List<SolidityToken> tokens = SolidityTokenizer.Tokenize(Source);
        Assert.Equal(
            ["a", "+=", "1e18", ";", "// x", "/* y */", "\"s\\\"t\"", ">>>=", "_b"],
            tokens.Select(token => Source.Substring(token.Start, token.Length)));
    }

    [Theory]
    [InlineData("require(tx.origin == owner);", "tx-origin")]
    [InlineData("(bool ok,) = to.call{value: v}(\"\"); balances[to] -= v;", "reentrancy")]
    [InlineData("function f() { token.transferFrom(a, b, c); }", "unchecked-return-value")]
    [InlineData("uint x = a / b * c;", "rounding")]
    [InlineData("for (uint i; i < users.length; i++) { }", "gas-limit")]
    public void Patterns_ShouldSpeakForTheirType(string code, string type) => Assert.Contains(SolidityPatterns.Find(code), evidence => evidence.TypeId == type);

    [Theory]
    [InlineData("// tx.origin")]
    [InlineData("string s = \"tx.origin\";")]
    [InlineData("balances[to] -= v; (bool ok,) = to.call{value: v}(\"\");")]
    [InlineData("require(token.transferFrom(a, b, c));")]
    [InlineData("uint x = a * b / c;")]
    public void Patterns_ShouldStaySilent_WhenCodeIsSound(string code) => Assert.Empty(SolidityPatterns.Find(code));

    [Fact]
    public void Amounts_ShouldBeReadWithSuffixesAndUnits() => Assert.Equal(
        [(1_500_000m, "USD"), (1_200m, "ETH"), (2.5m, "%"), (30m, "USDC")],
        AmountReader.Read("Loses $1.5M or 1,200 ETH, that is 2.5% of all, not 30 `USDC` and not line 17.").Select(amount => (amount.Value, amount.Unit)));

    [Fact]
    public void Facts_ShouldNameAttackAndPreconditions()
    {
        FindingFacts facts = new FactReader().Read(SampleFindings.Finding(
            "x", "Flash loan drains pool", "If the pool is empty, an attacker takes a flash loan.\n## Recommendation\nUse a TWAP."));
        Assert.Equal("flash loan", facts.AttackVectors[0]);
        Assert.Single(facts.Preconditions);
        Assert.Equal("Use a TWAP.", facts.Recommendation);
    }
}
