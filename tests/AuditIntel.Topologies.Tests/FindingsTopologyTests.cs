using System.Text;
using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.Testing;
using AuditIntel.Topologies.Findings;

namespace AuditIntel.Topologies.Tests;

public sealed class FindingsTopologyTests : IClassFixture<RegistryFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FindingsSerdes _serdes;
    private readonly TopologyTestDriver _driver;
    private readonly TestInputTopic<string, RawFinding> _raw;
    private readonly TestInputTopic<string, Contest> _contests;
    private readonly TestOutputTopic<string, Finding> _findings;
    private readonly TestOutputTopic<string, FindingDuplicate> _duplicates;
    private readonly TestOutputTopic<string, DeadLetter> _letters;

    public FindingsTopologyTests(RegistryFixture registry)
    {
        _serdes = registry.Serdes;
        _driver = new TopologyTestDriver(FindingsTopology.Build(_serdes), new FindingsDeadLetters(_serdes).Handle);
        _raw = _driver.Input(Topics.RawFindings.Name, Serdes.Utf8, _serdes.Raw);
        _contests = _driver.Input(Topics.Contests.Name, Serdes.Utf8, _serdes.Contest);
        _findings = _driver.Output(Topics.Findings.Name, Serdes.Utf8, _serdes.Finding);
        _duplicates = _driver.Output(Topics.FindingDuplicates.Name, Serdes.Utf8, _serdes.Duplicate);
        _letters = _driver.Output(Topics.RawFindingsDeadLetters.Name, Serdes.Utf8, _serdes.DeadLetter);
    }

    [Fact]
    public void Finding_ShouldBeNormalisedClassifiedAndEnriched()
    {
        Pipe(new Contest
        {
            Platform = "code4rena",
            Id = "42",
            Name = "Example",
            Category = "Lending",
            PrizePoolUsd = 50000m,
            StartedOn = new DateOnly(2025, 12, 1),
            SourcePath = "t.csv",
            CollectedAt = Now,
        });
        Pipe(Raw("H-01") with { Title = "Reentrancy  in `f`", Body = "State changes\u200b after the call.  \r\nThe end.\r\n", SeverityLabel = "3 (High Risk)" });

        Record<string, Finding> record = Assert.Single(_findings.ReadAll());
        Assert.Equal("code4rena/42", record.Key);
        Finding finding = record.Value!;
        Assert.Equal(FindingId.Of("code4rena", "42", "H-01"), finding.Id);
        Assert.Equal("State changes after the call.\nThe end.", finding.Body);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal("reentrancy", finding.VulnerabilityType);
        Assert.Equal(["SWC-107"], finding.Swc);
        Assert.Equal(("Example", "Lending", 50000m), (finding.ContestName, finding.ContestCategory, finding.PrizePoolUsd));
        Assert.Equal(new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero), finding.PublishedAt);
    }

    [Fact]
    public void Finding_ShouldBeStored_WhenItsContestIsNotKnownYet()
    {
        Pipe(Raw("H-01"));
        Assert.Null(Assert.Single(_findings.ReadAll()).Value!.ContestName);
    }

    [Fact]
    public void SameText_ShouldBeADuplicate_WithinItsContestOnly()
    {
        Pipe(Raw("H-01"));
        Pipe(Raw("H-02") with { Title = "A  TITLE", Body = "some\r\nText.\u200b" });
        Pipe(Raw("H-01") with { Contest = "43" });

        Assert.Equal(["42", "43"], _findings.ReadAll().Select(record => record.Value!.Contest));
        FindingDuplicate duplicate = Assert.Single(_duplicates.ReadAll()).Value!;
        Assert.Equal(FindingId.Of("code4rena", "42", "H-02"), duplicate.Id);
        Assert.Equal(FindingId.Of("code4rena", "42", "H-01"), duplicate.CanonicalId);
        Assert.Equal(("exact", 1d), (duplicate.Method, duplicate.Similarity));
    }

    [Fact]
    public void Replay_ShouldGiveTheSameVerdicts()
    {
        for (int round = 0; round < 2; round++)
        {
            Pipe(Raw("H-01"));
            Pipe(Raw("H-02"));
            Assert.Equal("H-01", Assert.Single(_findings.ReadAll()).Value!.NativeId);
            Assert.Equal("H-02", Assert.Single(_duplicates.ReadAll()).Value!.NativeId);
        }
    }

    [Fact]
    public void ChangedFinding_ShouldGiveItsOldTextFree()
    {
        Pipe(Raw("H-01"));
        Pipe(Raw("H-01") with { Body = "Another text." });
        Pipe(Raw("H-02"));
        Assert.Equal(["H-01", "H-01", "H-02"], _findings.ReadAll().Select(record => record.Value!.NativeId));
        Assert.Empty(_duplicates.ReadAll());
    }

    [Fact]
    public void FindingWithoutBody_ShouldBeSetAside_AndItsIdBeTheSameWhenItComesAgain()
    {
        Pipe(Raw("H-01") with { Body = " \r\n\u200b" });
        Pipe(Raw("H-01") with { Body = " \r\n\u200b", CollectedAt = Now.AddDays(1) });
        Pipe(Raw("H-02"));
        DeadLetter[] letters = [.. _letters.ReadAll().Select(record => record.Value!)];
        Assert.Equal(2, letters.Length);
        Assert.Equal(letters[0].Id, letters[1].Id);
        Assert.Equal(("validate", "missing-body"), (letters[0].Stage, letters[0].ErrorClass));
        Assert.Contains("'H-01' of report.md has no body", letters[0].ErrorMessage);
        Assert.Single(_findings.ReadAll());
    }

    [Theory]
    [InlineData("corrupt-avro", new byte[] { 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF })]
    [InlineData("unknown-schema", new byte[] { 0, 0, 0, 0x7F, 0x7F, 1, 2, 3 })]
    [InlineData("bad-wire-format", new byte[] { 7, 1, 2 })]
    public void PoisonBytes_ShouldBeSetAsideWithTheirReason(string errorClass, byte[] value)
    {
        _driver.Pipe(Topics.RawFindings.Name, Encoding.UTF8.GetBytes("code4rena/42"), value, Now.ToUnixTimeMilliseconds());
        Pipe(Raw("H-01"));
        Record<string, DeadLetter> record = Assert.Single(_letters.ReadAll());
        DeadLetter letter = record.Value!;
        Assert.Equal(("deserialize", errorClass), (letter.Stage, letter.ErrorClass));
        Assert.Equal(value, letter.Payload);
        Assert.Equal((Topics.RawFindings.Name, 0, 0L), (letter.OriginTopic, letter.OriginPartition, letter.OriginOffset));
        Assert.Contains(record.Headers, header => header.Name == DeadLetterHeaders.ErrorClass && Encoding.UTF8.GetString(header.Value!) == errorClass);
        Assert.Single(_findings.ReadAll());
    }

    [Fact]
    public void ModelThatIsDamaged_ShouldBePassedOverWithAWarning()
    {
        var warnings = new List<string>();
        var handler = new FindingsDeadLetters(_serdes, warnings.Add);
        var error = new ErrorContext
        {
            Stage = ErrorStage.Deserialize,
            Exception = new AuditIntel.Intelligence.Transactions.Artefacts.ModelArtefactException("It is damaged."),
            Topic = Topics.Models.Name,
            Partition = 0,
            Offset = 3,
            TimestampMs = 0,
            Key = [],
            Value = [],
            Headers = [],
        };
        Assert.Same(ErrorResponse.Continue, handler.Handle(error));
        Assert.Contains("offset 3 is passed over: It is damaged.", Assert.Single(warnings));
    }

    [Fact]
    public void Topology_ShouldDescribeItself()
    {
        string text = FindingsTopology.Build(_serdes).Describe();
        Assert.Contains("Source: raw-findings (topics: [auditintel.findings.raw])", text);
        Assert.Contains("Processor: judge (stores: [findings-canonical, findings-held, findings-known, findings-log, findings-log-heads])", text);
        Assert.Contains("Sink: findings-duplicates (topic: auditintel.findings.duplicates)", text);
        Assert.Contains("Sink: findings-similar (topic: auditintel.findings.similar)", text);
        Assert.DoesNotContain("Sub-topology: 3", text);
    }

    private static RawFinding Raw(string id) => new()
    {
        Platform = "code4rena",
        Contest = "42",
        NativeId = id,
        Title = "A title",
        Body = "Some text.",
        SourcePath = "report.md",
        CollectedAt = Now,
    };

    private void Pipe(RawFinding raw) => _raw.Pipe(ContestKey.Of(raw.Platform, raw.Contest), raw, Now.ToUnixTimeMilliseconds());

    private void Pipe(Contest contest) => _contests.Pipe(ContestKey.Of(contest.Platform, contest.Id), contest, Now.ToUnixTimeMilliseconds());
}
