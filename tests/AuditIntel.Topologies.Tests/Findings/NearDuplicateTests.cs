using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Tests.Findings;

namespace AuditIntel.Topologies.Tests.Findings;

public sealed class NearDuplicateTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    [Fact]
    public void TellingsOfOneIssue_ShouldBeDuplicatesOfTheFirst_WithSimilarityAndReasons()
    {
        using FindingsRun run = WithModel();
        (List<RawFinding> findings, Dictionary<string, string> first) = Submissions(4);
        run.Pipe(findings);

        Dictionary<string, string> held = run.Held();
        Assert.All(findings, finding => Assert.Equal(IdOf(first[Issue(finding)]), held[finding.NativeId]));
        Assert.Equal(6, run.Findings.Count);
        Assert.All(run.Duplicates, duplicate =>
        {
            Assert.Equal("near", duplicate.Method);
            Assert.InRange(duplicate.Similarity, 0.1, 1);
            Assert.NotEmpty(duplicate.Reasons);
            Assert.Equal(SampleModel.One.Version, duplicate.ModelVersion);
        });
    }

    [Fact]
    public void WithoutAModel_OnlyEqualTextsShouldBeDuplicates()
    {
        using var run = new FindingsRun(registry.Serdes);
        run.Pipe(Submissions(3).Findings);
        Assert.Empty(run.Duplicates);
        Assert.All(run.Findings, finding => Assert.Null(finding.ModelVersion));
    }

    [Fact]
    public void FindingsOfOneDocument_ShouldBeDifferentIssues_HoweverAlikeTheyAre()
    {
        using FindingsRun run = WithModel();
        run.Pipe(Submissions(3).Findings.Select(finding => finding with { SourcePath = "report.md" }));
        Assert.Empty(run.Duplicates);
    }

    [Fact]
    public void ModelThatComesLater_ShouldCorrectWhatWasPublishedBefore_WithoutARestart()
    {
        using var run = new FindingsRun(registry.Serdes);
        (List<RawFinding> findings, Dictionary<string, string> first) = Submissions(3);
        run.Pipe(findings[..^1]);
        run.Publish(SampleModel.One);
        run.Pipe(findings[^1]);

        Dictionary<string, string> held = run.Held();
        Assert.All(findings, finding => Assert.Equal(IdOf(first[Issue(finding)]), held[finding.NativeId]));
        FindingDuplicate corrected = Assert.Single(run.Duplicates, duplicate => duplicate.NativeId == findings[6].NativeId);
        Assert.True(corrected.CollectedAt > FindingsRun.Now);
    }

    [Fact]
    public void CopyOfADuplicate_ShouldLeadToTheFindingThatStandsForTheIssue()
    {
        using FindingsRun run = WithModel();
        (List<RawFinding> findings, Dictionary<string, string> first) = Submissions(2);
        run.Pipe(findings);
        RawFinding duplicate = findings[6];
        run.Pipe(duplicate with { NativeId = "copy" });
        Assert.Equal(IdOf(first[Issue(duplicate)]), run.Held()["copy"]);
        Assert.Contains($"equal text to {duplicate.NativeId}", run.Duplicates[^1].Reasons);
    }

    [Fact]
    public void GroupsThatNewEvidenceBinds_ShouldMergeUnderTheOlderFinding_AndItsDuplicatesBeToldAgain()
    {
        using var run = new FindingsRun(registry.Serdes);
        (List<RawFinding> findings, _) = Submissions(3);
        RawFinding[] issue = [.. findings.Where((_, i) => i % 6 == 0)];

        // Without a model the second telling stands for itself and has a copy; the model and the third bring all together.
        run.Pipe(issue[0], issue[1], issue[1] with { NativeId = "copy" });
        Assert.Equal(IdOf(issue[1].NativeId), run.Held()["copy"]);
        run.Publish(SampleModel.One);
        run.Pipe(issue[2]);

        Dictionary<string, string> held = run.Held();
        Assert.Equal(4, held.Count);
        Assert.All(held.Values, canonical => Assert.Equal(IdOf(issue[0].NativeId), canonical));
        Assert.Equal(2, run.Duplicates.Count(duplicate => duplicate.NativeId == "copy"));
    }

    [Fact]
    public void Replay_ShouldPublishTheSameRecords()
    {
        using FindingsRun run = WithModel();
        List<RawFinding> findings = Submissions(3).Findings;
        run.Pipe(findings);
        object[] once = [.. run.All];
        run.All.Clear();
        run.Pipe(findings);
        Assert.Equal(once, run.All);
    }

    [Fact]
    public void AnyRestart_ShouldGiveTheSameOutput()
    {
        List<RawFinding> findings = Stream();
        using FindingsRun straight = WithModel();
        using FindingsRun restarted = WithModel();
        for (int i = 0; i < findings.Count; i++)
        {
            straight.Pipe(findings[i]);
            restarted.Restart();
            restarted.Pipe(findings[i]);
            Assert.Equal(straight.All, restarted.All);
        }

        Assert.Contains(straight.Duplicates, duplicate => duplicate.Method == "near");
        Assert.Contains(straight.Duplicates, duplicate => duplicate.Method == "exact");
    }

    [Fact]
    public void RestartAroundASwapOfModels_ShouldGiveTheSameOutput()
    {
        List<RawFinding> findings = Stream();
        using FindingsRun straight = WithModel();
        using FindingsRun restarted = WithModel();
        straight.Pipe(findings[..10]);
        restarted.Pipe(findings[..10]);
        straight.Publish(SampleModel.Two);
        restarted.Publish(SampleModel.Two);
        restarted.Restart();
        straight.Pipe(findings[10..]);
        restarted.Pipe(findings[10..]);
        Assert.Equal(straight.All, restarted.All);
        Assert.Contains(straight.Findings, finding => finding.ModelVersion == SampleModel.Two.Version);
    }

    [Fact]
    public void RestartAroundPauses_ShouldGiveTheSameOutput()
    {
        List<RawFinding> findings = Stream();
        using FindingsRun straight = WithModel();
        using FindingsRun restarted = WithModel();
        for (int i = 0; i < findings.Count; i++)
        {
            foreach (FindingsRun run in (FindingsRun[])[straight, restarted])
            {
                run.Pipe(findings[i]);
                if (i % 6 == 5)
                {
                    run.Pause();
                }
            }

            restarted.Restart();
        }

        straight.Pause();
        restarted.Pause();
        Assert.Equal(straight.LogEntries, restarted.LogEntries);
        Assert.Equal(straight.All, restarted.All);
        using FindingsRun unpaused = WithModel();
        unpaused.Pipe([.. findings]);
        Assert.True(straight.LogEntries > unpaused.LogEntries, "No pause was written down.");
        long entries = straight.LogEntries;
        straight.Pause();
        Assert.Equal(entries, straight.LogEntries);
    }

    [Fact]
    public void FindingThatEndsItsContest_ShouldSettleItAsAPauseDoes()
    {
        List<RawFinding> findings = Stream();
        using FindingsRun paused = WithModel();
        paused.Pipe(findings);
        paused.Pause();
        using FindingsRun ended = WithModel();
        ended.Pipe(findings[..^1]);
        long entries = ended.LogEntries;
        ended.PipeLast(findings[^1]);
        Assert.True(ended.LogEntries > entries + 1, "No end was written down.");
        Assert.Equal(paused.Held(), ended.Held());

        entries = ended.LogEntries;
        ended.PipeLast(findings[^1]);
        ended.Pause();
        Assert.Equal(entries, ended.LogEntries);
    }

    [Fact]
    public void ChangedText_ShouldBeJudgedAnew_AndHoldOverWhatWasPublished()
    {
        using FindingsRun run = WithModel();
        List<RawFinding> findings = Submissions(2).Findings;
        run.Pipe(findings);
        RawFinding duplicate = findings[6];
        Assert.NotEqual(IdOf(duplicate.NativeId), run.Held()[duplicate.NativeId]);

        run.Pipe(duplicate with { Title = "Floating pragma everywhere", Body = "All sources have a floating pragma; lock the compiler version in foundry.toml." });
        Assert.Equal(IdOf(duplicate.NativeId), run.Held()[duplicate.NativeId]);
        Assert.True(run.Findings[^1].CollectedAt > FindingsRun.Now);
    }

    [Fact]
    public void SmallChangeOfACanonicalFinding_ShouldLeaveItCanonical()
    {
        using FindingsRun run = WithModel();
        (List<RawFinding> findings, Dictionary<string, string> first) = Submissions(3);
        run.Pipe(findings[..12]);
        run.Pipe(findings[0] with { Body = findings[0].Body + "\nEdit: confirmed." });
        run.Pipe(findings[12..]);
        Dictionary<string, string> held = run.Held();
        Assert.All(findings, finding => Assert.Equal(IdOf(first[Issue(finding)]), held[finding.NativeId]));
    }

    [Fact]
    public void FindingThatChangesAgainAndAgain_ShouldNotGrowTheLog()
    {
        using FindingsRun run = WithModel();
        List<RawFinding> findings = Submissions(2).Findings;
        run.Pipe(findings);
        for (int i = 0; i < 200; i++)
        {
            run.Pipe(findings[0] with { Body = $"{findings[0].Body}\nEdit {i}." });
            if (i % 20 == 0)
            {
                run.Restart();
            }
        }

        Assert.InRange(run.LogEntries, 12, 60);
        Assert.Equal(IdOf(findings[0].NativeId), run.Held()[findings[0].NativeId]);
    }

    /// <summary>Native ids say the issue and the telling.</summary>
    private static (List<RawFinding> Findings, Dictionary<string, string> First) Submissions(int copies)
    {
        var findings = new List<RawFinding>();
        var first = new Dictionary<string, string>();
        foreach (LabelledFinding sample in SampleFindings.Grouped(1, copies))
        {
            FindingText text = sample.Finding;
            RawFinding raw = FindingsRun.Raw(text.Id["sherlock/c0/".Length..], text.Title, text.Body) with { Authors = [text.Author] };
            findings.Add(raw);
            first.TryAdd(Issue(raw), raw.NativeId);
        }

        return (findings, first);
    }

    /// <summary>Tellings, copies, replays and changes, of two contests.</summary>
    private static List<RawFinding> Stream()
    {
        List<RawFinding> findings = Submissions(3).Findings;
        findings.Insert(7, findings[0]);
        findings.Insert(9, findings[1] with { NativeId = "copy" });
        findings.Insert(12, findings[2] with { Body = findings[2].Body + "\nEdit." });
        findings.Insert(14, findings[3] with { Contest = "d", Platform = "code4rena" });
        findings.Insert(16, findings[1] with { Body = "Something else was meant: the event is not emitted." });
        findings.Add(findings[1] with { NativeId = "late" });
        return findings;
    }

    private static string Issue(RawFinding finding) => finding.NativeId[..3];

    private static string IdOf(string native) => FindingId.Of("sherlock", "c", native);

    private FindingsRun WithModel()
    {
        var run = new FindingsRun(registry.Serdes);
        run.Publish(SampleModel.One);
        return run;
    }
}
