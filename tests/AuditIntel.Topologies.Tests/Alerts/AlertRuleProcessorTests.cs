using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Alerts;
using static AuditIntel.Topologies.Tests.Alerts.AlertHarness;

namespace AuditIntel.Topologies.Tests.Alerts;

public sealed class AlertRuleProcessorTests
{
    private static readonly string Severe = Rule("{ severity: high }", "    title: \"{severity} {value} {address} {hash}\"\n    window: 10m\n");

    [Fact]
    public void Alert_ShouldSayWhatHappened()
    {
        using var stage = new AlertHarness(Severe);
        ScoredTransaction transaction = Transaction(7) with
        {
            Reasons = [new AnomalyReason { Feature = "value", Value = 12.5, UsualLow = 0, UsualHigh = 1, Contribution = 0.4 }],
            Labels = ["to:phishing"],
        };

        Record<string, Alert> record = Assert.Single(stage.Pipe(transaction));

        Alert alert = record.Value!;
        Assert.Equal("1/" + Receiver, record.Key);
        Assert.Equal(transaction.Timestamp.ToUnixTimeMilliseconds(), record.TimestampMs);
        Assert.Equal(AlertId.Of("r", transaction.Id), alert.Id);
        Assert.Equal(AnomalyId.Of("transaction", 1, transaction.Hash), alert.AnomalyId);
        Assert.Equal($"high 12.5 ether {Receiver} {transaction.Hash}", alert.Title);
        Assert.Equal(
            $"{Sender} sent 12.5 ether to {Receiver} in block 107 of chain 1, score 0.90, confidence 0.80. Reasons: value 12.5 (usually 0 to 1). Labels: to:phishing.",
            alert.Summary);
        Assert.Equal(("r", AnomalySeverity.High, "1/" + Receiver, false), (alert.RuleId, alert.Severity, alert.DeduplicationKey, alert.Resolved));
        Assert.Equal((1L, Receiver, transaction.Hash, 107L), (alert.ChainId!.Value, alert.Address, alert.TransactionHash, alert.BlockNumber!.Value));
        Assert.Equal(["c"], alert.Channels);
        Assert.Equal((transaction.Timestamp, transaction.CollectedAt, transaction.ScoredAt), (alert.OccurredAt, alert.CollectedAt!.Value, alert.CreatedAt));
    }

    [Fact]
    public void SameKey_ShouldAlertOnceAWindow()
    {
        using var stage = new AlertHarness(Severe);
        Assert.Equal([0, 3, 5], Fired(stage.Pipe(
            Transaction(0), Transaction(1, 5), Transaction(2, 9.99), Transaction(3, 10), Transaction(4, 3, from: Sender), Transaction(5, 20))));
    }

    [Fact]
    public void OtherAddress_ShouldHaveItsOwnWindow()
    {
        using var stage = new AlertHarness(Severe);
        Assert.Equal([0, 1], Fired(stage.Pipe(Transaction(0), Transaction(1, 1, from: Receiver), Transaction(2, 2, from: Receiver))));
    }

    [Theory]
    [InlineData("transaction", new[] { 0, 1, 2 })]
    [InlineData("address", new[] { 0, 2 })]
    [InlineData("rule", new[] { 0 })]
    public void Scope_ShouldSayWhatCountsAsOne(string scope, int[] fired)
    {
        using var stage = new AlertHarness(Rule("{ severity: high }", $"    deduplicateBy: {scope}\n"));
        Assert.Equal(fired, Fired(stage.Pipe(Transaction(0), Transaction(1, 1), Transaction(2, 2, from: Receiver))));
    }

    [Fact]
    public void WindowOfNothing_ShouldLetEveryTransactionAlert()
    {
        using var stage = new AlertHarness(Rule("{ severity: high }", "    window: 0s\n"));
        Assert.Equal([0, 1], Fired(stage.Pipe(Transaction(0), Transaction(1), Transaction(1))));
        Assert.Equal(0, stage.Windows.Count);
    }

    [Fact]
    public void LateTransaction_ShouldHaveTheWindowOfItsOwnTime()
    {
        using var stage = new AlertHarness(Severe);
        Assert.Equal([0, 1, 3], Fired(stage.Pipe(Transaction(0, 1000), Transaction(1, 100), Transaction(2, 105), Transaction(3, 1011), Transaction(4, 109))));
    }

    [Fact]
    public void EveryRule_ShouldAlertForItself()
    {
        const string two = """
            rules:
              - { id: a, when: { severity: high }, channels: [x] }
              - { id: b, when: { score: 0.5 }, channels: [x, y] }
            channels:
              x: { type: console }
              y: { type: console }
            """;
        using var stage = new AlertHarness(two);
        Assert.Equal(["a", "b"], stage.Pipe(Transaction(0)).Select(record => record.Value!.RuleId));
        Assert.Equal(["b"], stage.Pipe(Transaction(1, from: Receiver, severity: AnomalySeverity.Low)).Select(record => record.Value!.RuleId));
    }

    [Fact]
    public void RemovedTransaction_ShouldResolveItsAlertAndFreeTheWindow()
    {
        using var stage = new AlertHarness(Severe);
        Alert raised = Assert.Single(stage.Pipe(Transaction(0), Transaction(1, 1))).Value!;
        ScoredTransaction removed = Transaction(0) with { Removed = true, Score = 0, Severity = AnomalySeverity.None, ScoredAt = Start.AddDays(31) };

        Record<string, Alert> record = Assert.Single(stage.Pipe(removed));

        Assert.Equal(raised with { Resolved = true, CreatedAt = Start.AddDays(31) }, record.Value);
        Assert.Equal("1/" + Sender, record.Key);
        Assert.Equal([2], Fired(stage.Pipe(Transaction(2, 2), Transaction(3, 3))));
    }

    [Fact]
    public void RemovedTransaction_ShouldSayNothing_WhenItHadSetOffNothing()
    {
        using var stage = new AlertHarness(Severe);
        Assert.Single(stage.Pipe(Transaction(0), Transaction(1, 1)));
        Assert.Empty(stage.Pipe(Transaction(1, 1) with { Removed = true }, Transaction(9) with { Removed = true }));
        Assert.Empty(stage.Pipe(Transaction(2, 2)));
    }

    [Fact]
    public void RemovedTransaction_ShouldResolveOnce()
    {
        using var stage = new AlertHarness(Severe);
        ScoredTransaction removed = Transaction(0) with { Removed = true };
        Assert.Equal(2, stage.Pipe(Transaction(0), removed, removed).Count);
    }

    [Fact]
    public void RetractionOfAnotherBlock_ShouldSayNothing()
    {
        using var stage = new AlertHarness(Severe);
        ScoredTransaction moved = Transaction(0) with { BlockHash = "0xother" };
        Assert.Single(stage.Pipe(Transaction(0), moved, Transaction(0) with { Removed = true }));
        Assert.True(Assert.Single(stage.Pipe(moved with { Removed = true })).Value!.Resolved);
    }

    [Fact]
    public void TransactionMinedAgain_ShouldAlertAnew_WithAnIdOfItsOwn()
    {
        using var stage = new AlertHarness(Severe);
        ScoredTransaction again = Transaction(0, 1) with { BlockHash = "0xother" };
        Alert[] alerts = [.. stage.Pipe(Transaction(0), Transaction(0) with { Removed = true }, again, again with { Removed = true }).Select(record => record.Value!)];
        Assert.Equal([false, true, false, true], alerts.Select(alert => alert.Resolved));
        Assert.Equal((alerts[0].Id, alerts[2].Id), (alerts[1].Id, alerts[3].Id));
        Assert.NotEqual(alerts[0].Id, alerts[2].Id);
    }

    [Fact]
    public void Restart_ShouldKeepWindowsAndWhatCanBeResolved()
    {
        using var before = new AlertHarness(Severe);
        Alert raised = Assert.Single(before.Pipe(Transaction(0))).Value!;
        using AlertHarness after = before.Restart(Severe);
        Assert.Empty(after.Pipe(Transaction(1, 1)));
        Assert.Equal(raised.Id, Assert.Single(after.Pipe(Transaction(0) with { Removed = true })).Value!.Id);
    }

    [Fact]
    public void Restart_ShouldStillResolve_WhenTheRuleIsGone()
    {
        using var before = new AlertHarness(Severe);
        before.Pipe(Transaction(0));
        using AlertHarness after = before.Restart(Severe.Replace("id: r", "id: other", StringComparison.Ordinal));
        Assert.Equal("r", Assert.Single(after.Pipe(Transaction(0) with { Removed = true })).Value!.RuleId);
    }

    [Fact]
    public void Stores_ShouldStayBounded_ForEachChainByItsOwnTime()
    {
        using var stage = new AlertHarness(Severe);

        // Another chain, years behind, stands where its own time stands.
        stage.Pipe(Transaction(5000, -1_000_000, from: Receiver) with { ChainId = 5 });
        for (int hour = 0; hour < 3000; hour++)
        {
            stage.Pipe(Transaction(hour, hour * 60, from: Hash(hour)[..2] + Hash(hour)[26..]) with { CollectedAt = Start.AddHours(hour) });
            Assert.InRange(stage.Windows.Count + stage.Raised.Count, 1, AlertForgetting.Few + 200);
        }

        Assert.Contains(stage.Windows.All(), entry => entry.Key.StartsWith("5|", StringComparison.Ordinal));
        Assert.Single(stage.Pipe(Transaction(2990, 2990 * 60, from: Hash(2990)[..2] + Hash(2990)[26..]) with { Removed = true }));
    }

    [Fact]
    public void TimeInTheFuture_ShouldNotSweepTheStores()
    {
        using var stage = new AlertHarness(Severe);
        stage.Pipe(Transaction(0));
        stage.Pipe(Transaction(1, from: Receiver) with { Timestamp = Start.AddYears(500), CollectedAt = Start.AddMinutes(1) });
        Assert.Empty(stage.Pipe(Transaction(2, 1)));
    }

    [Fact]
    public void HugeReasonsAndHostileLabels_ShouldBeCutAndCleaned()
    {
        using var stage = new AlertHarness(Rule("{ severity: high }", "    title: \"{labels}\"\n"));
        AnomalyReason reason = new() { Feature = new string('f', 100_000), Value = double.NaN, Contribution = 1 };
        Alert alert = Assert.Single(stage.Pipe(Transaction(0) with
        {
            Reasons = [.. Enumerable.Repeat(reason, 500)],
            Labels = [.. Enumerable.Repeat("from:evil\r\nBcc: x\u202e\u001b[31m" + new string('l', 5000), 500)],
        })).Value!;
        Assert.InRange(alert.Title.Length, 10, TitleTemplate.Longest);
        Assert.InRange(alert.Summary.Length, 100, 2000);
        Assert.DoesNotContain(alert.Title + alert.Summary, letter => char.IsControl(letter) || letter == '\u202e');
        Assert.Equal((10, 50), (alert.Reasons.Count, alert.Labels.Count));
    }

    internal static IEnumerable<int> Fired(IEnumerable<Record<string, Alert>> records) => records.Select(record => (int)(record.Value!.BlockNumber!.Value - 100));
}
