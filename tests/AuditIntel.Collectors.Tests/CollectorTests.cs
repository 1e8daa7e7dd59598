using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests;

/// <summary>Layouts and damage on small files written here.</summary>
public sealed class CollectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-collectors-").FullName;

    [Fact]
    public void Code4renaReport_ShouldGiveContestAndFindings()
    {
        Write("report.md", """
            ---
            title: Example
            sponsor: Example
            slug: 2025-03-example
            date: 2025-04-05
            findings: https://github.com/code-423n4/2025-03-example-findings/issues
            contest: 77
            ---

            # Overview

            ## Wardens

            # High Risk Findings

            ## [[H-01] First `title`](https://example.org/1)
            _Submitted by [ann](https://example.org), also found by bob, and cyd_

            Text of the first.

            ```solidity
            ## [[H-99] not a heading](https://example.org/99)
            ```

            #### Impact

            Bad.

            ### [M-02] Second without link
            Text of the second.

            # Disclosures

            Not part of it.
            """);
        Collected[] items = Collect();
        Contest contest = Assert.Single(items.OfType<Collected.OfContest>()).Contest;
        Assert.Equal(("77", "Example", new DateOnly(2025, 3, 1)), (contest.Id, contest.Name, contest.StartedOn));
        RawFinding[] findings = Findings(items);
        Assert.Equal(["H-01", "M-02"], findings.Select(finding => finding.NativeId));
        Assert.Equal("First `title`", findings[0].Title);
        Assert.Equal("https://example.org/1", findings[0].Url);
        Assert.Equal(["ann", "bob", "cyd"], findings[0].Authors);
        Assert.Contains("not a heading", findings[0].Body);
        Assert.Equal(("Medium Risk", "Text of the second."), (findings[1].SeverityLabel, findings[1].Body));
        Assert.Equal(new DateTimeOffset(2025, 4, 5, 0, 0, 0, TimeSpan.Zero), findings[0].PublishedAt);
    }

    [Fact]
    public void LastFindingOfEachContest_ShouldSaySo()
    {
        foreach (string contest in new[] { "2025-03-one", "2025-04-two" })
        {
            Write($"{contest}.md", $"""
                ---
                title: Example
                slug: {contest}
                findings: https://github.com/code-423n4/{contest}-findings/issues
                ---

                # High Risk Findings

                ## [H-01] First
                Text of the first.

                ## [H-02] Without text

                # Medium Risk Findings

                ## [M-01] Last
                Text of the last.
                """);
        }

        Collected[] items = Collect();
        Assert.Equal(2, items.OfType<Collected.OfDeadLetter>().Count());
        Assert.Equal(
            ["H-01 False", "M-01 True", "H-01 False", "M-01 True"],
            items.OfType<Collected.OfFinding>().Select(item => $"{item.Finding.NativeId} {item.EndsContest}"));
        Assert.IsType<Collected.OfContest>(items[0]);
    }

    [Fact]
    public void ContestsTable_ShouldWinOverTheReport_AndLoseOnlyItsBrokenRow()
    {
        Write("contests.csv", "ID, Name, Type, Award Pool, # Auditor, Time, # High, Defillama\n77, From Table, Lending, $1500.5, 4, 2025-03, 2, -\n78, \"Broken, Dexes, $1, 1, 2025-03, 1, -\n79, Fine, -, -, -, -, -, -\n");
        Write("report.md", "---\ntitle: Other\nsponsor: Other\ncontest: 77\n---\n\n## [H-01] T\n\nBody.\n");
        Collected[] items = Collect();
        Contest[] contests = [.. items.OfType<Collected.OfContest>().Select(item => item.Contest)];
        Assert.Equal(["From Table", "Fine"], contests.Select(contest => contest.Name));
        Assert.Equal((1500.5m, 4, 2, "Lending"), (contests[0].PrizePoolUsd!.Value, contests[0].Auditors!.Value, contests[0].HighFindings!.Value, contests[0].Category));
        Assert.Null(contests[1].Category);
        DeadLetter letter = Assert.Single(items.OfType<Collected.OfDeadLetter>()).Letter;
        Assert.Equal((CollectionError.BadCsvRow, "contests.csv, line 3: a contest has 7 columns and closed quotes."), (letter.ErrorClass, letter.ErrorMessage));
    }

    [Theory]
    [InlineData("Ann\n\nHigh\n\n# Title\n\n## Summary\nText.\n", "High")]
    [InlineData("Ann\n# Title\n\n## Summary\nText.\n\n## Severity\n\nMedium\n", "Medium")]
    [InlineData("Ann\n\n# Title\n\n## Summary\nText.\n", null)]
    public void SherlockSubmission_ShouldBeReadInEitherLayout(string text, string? severity)
    {
        Write("2025-02-example-judging/003-H/017-best.md", text);
        Collected[] items = Collect();
        Assert.Equal("2025-02-example", Assert.Single(items.OfType<Collected.OfContest>()).Contest.Id);
        RawFinding finding = Assert.Single(Findings(items));
        Assert.Equal(("003-H/017-best", "Title", severity), (finding.NativeId, finding.Title, finding.SeverityLabel));
        Assert.Equal(["Ann"], finding.Authors);
    }

    [Fact]
    public void FirmReport_ShouldGiveFindingsOfItsSections()
    {
        Write("Some Firm/2025-06-07-Example.md", """
            # Findings

            ## High Risk

            ### [H-01] With an id

            Text.

            #### Impact

            More.

            ### Without an id

            Text.

            ## Gas Optimizations

            ### Cache it

            Text.

            # Appendix

            ### Not a finding

            Text.
            """);
        Collected[] items = Collect();
        RawFinding[] findings = Findings(items);
        Assert.Equal(["H-01", "H-01-2", "G-01"], findings.Select(finding => finding.NativeId));
        Assert.Equal(["With an id", "Without an id", "Cache it"], findings.Select(finding => finding.Title));
        Assert.All(findings, finding => Assert.Equal(("firm:some-firm", "2025-06-07-Example"), (finding.Platform, finding.Contest)));
        Assert.Contains("More.", findings[0].Body);
        Assert.Equal("Example", Assert.Single(items.OfType<Collected.OfContest>()).Contest.Name);
    }

    [Theory]
    [InlineData(CollectionError.EmptyFile, "")]
    [InlineData(CollectionError.NoFindings, "Just a text.\n")]
    [InlineData(CollectionError.MissingBody, "# Findings\n\n## High Risk\n\n### [H-01] Title only\n")]
    [InlineData(CollectionError.BinaryFile, "# Findings\0\n")]
    public void DamagedFile_ShouldBeSetAsideWithItsReason(string errorClass, string text)
    {
        Write("Firm/damaged.md", text);
        DeadLetter letter = Assert.Single(Collect().OfType<Collected.OfDeadLetter>()).Letter;
        Assert.Equal(errorClass, letter.ErrorClass);
        Assert.Contains("Firm/damaged.md", letter.ErrorMessage);
        Assert.Equal(letter.Id, Assert.Single(Collect().OfType<Collected.OfDeadLetter>()).Letter.Id);
    }

    [Fact]
    public void InvalidUtf8_ShouldBeNamedByItsByte()
    {
        File.WriteAllBytes(Path.Combine(_folder, "latin1.md"), [0x61, 0x62, 0xE9, 0x63]);
        DeadLetter letter = Assert.Single(Collect().OfType<Collected.OfDeadLetter>()).Letter;
        Assert.Equal((CollectionError.InvalidUtf8, 4L), (letter.ErrorClass, letter.PayloadLength));
        Assert.Contains("at byte 2", letter.ErrorMessage);
    }

    [Fact]
    public void Utf16_ShouldBeRead_WhenItsMarkSaysSo()
    {
        File.WriteAllText(Path.Combine(_folder, "utf16.md"), "# Findings\n\n## Low Risk\n\n### [L-01] Title\n\nText.\n", System.Text.Encoding.Unicode);
        Assert.Equal("L-01", Assert.Single(Findings(Collect())).NativeId);
    }

    [Fact]
    public void LargeFile_ShouldBeSetAsideUnread()
    {
        using (FileStream file = File.Create(Path.Combine(_folder, "large.md")))
        {
            file.SetLength(3 * 1024 * 1024);
        }

        var collector = new FindingsFileCollector([_folder], new CollectionOptions { LargestFile = 2 * 1024 * 1024 });
        DeadLetter letter = Assert.Single(collector.Collect().OfType<Collected.OfDeadLetter>()).Letter;
        Assert.Equal((CollectionError.FileTooLarge, 3L * 1024 * 1024, 1024 * 1024), (letter.ErrorClass, letter.PayloadLength, letter.Payload!.Length));
    }

    [Fact]
    public void Platform_ShouldBeTheUsers_WhenHeNamesIt()
    {
        Write("notes.md", "# Findings\n\n## High Risk\n\n### [H-01] Title\n\nText.\n");
        var collector = new FindingsFileCollector([_folder], new CollectionOptions { Platform = "firm:mine" });
        Assert.Equal("firm:mine", Assert.Single(Findings([.. collector.Collect()])).Platform);
        Assert.Throws<ArgumentException>(() => new FindingsFileCollector([_folder], new CollectionOptions { Platform = "nobody" }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RawFinding[] Findings(IEnumerable<Collected> items) => [.. items.OfType<Collected.OfFinding>().Select(item => item.Finding)];

    private void Write(string path, string text)
    {
        string full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private Collected[] Collect() => [.. new FindingsFileCollector([_folder], new CollectionOptions()).Collect()];
}
