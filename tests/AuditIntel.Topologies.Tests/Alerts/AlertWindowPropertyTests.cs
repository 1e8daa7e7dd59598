using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Alerts;
using FsCheck;
using FsCheck.Fluent;
using static AuditIntel.Topologies.Tests.Alerts.AlertHarness;

namespace AuditIntel.Topologies.Tests.Alerts;

public sealed class AlertWindowPropertyTests
{
    private static readonly string Yaml = Rule("{ severity: high }", "    window: 10m\n");

    /// <summary>Minute, sender and whether the transaction is taken back later.</summary>
    private static readonly Arbitrary<(int Minute, int Sender, bool Removed)[]> Histories =
        (from minute in Gen.Choose(0, 60)
         from sender in Gen.Choose(0, 2)
         from removed in Gen.Choose(0, 3)
         select (minute, sender, removed == 0)).ArrayOf().ToArbitrary();

    [Fact]
    public void Alerts_ShouldNeverBeCloserThanTheWindow_AndCoverEveryTransaction() =>
        Prop.ForAll(Histories, history =>
        {
            using var stage = new AlertHarness(Yaml);
            Alert[] alerts = [.. stage.Pipe(Transactions(history)).Select(record => record.Value!)];
            foreach (IGrouping<string, Alert> key in alerts.GroupBy(alert => alert.DeduplicationKey))
            {
                DateTimeOffset[] times = [.. key.Select(alert => alert.OccurredAt).Order()];
                Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMinutes(10)));
            }

            Assert.All(Transactions(history), transaction => Assert.Contains(
                alerts, alert => alert.Address == transaction.From && (alert.OccurredAt - transaction.Timestamp).Duration() < TimeSpan.FromMinutes(10)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Retractions_ShouldLeaveExactlyTheAlertsOfWhatStands() =>
        Prop.ForAll(Histories, history =>
        {
            using var stage = new AlertHarness(Yaml);
            var open = new HashSet<string>();
            ScoredTransaction[] all = Transactions(history);
            foreach (Record<string, Alert> record in stage.Pipe([.. all, .. all.Where((_, i) => history[i].Removed).Select(each => each with { Removed = true })]))
            {
                Assert.True(record.Value!.Resolved ? open.Remove(record.Value.TransactionHash!) : open.Add(record.Value.TransactionHash!));
            }

            Assert.DoesNotContain(all.Where((_, i) => history[i].Removed), transaction => open.Contains(transaction.Hash));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void RestartAtAnyPoint_ShouldChangeNothing() =>
        Prop.ForAll(Histories, history =>
        {
            ScoredTransaction[] all = [.. Transactions(history), .. Transactions(history).Where((_, i) => history[i].Removed).Select(each => each with { Removed = true })];
            using var whole = new AlertHarness(Yaml);
            using var first = new AlertHarness(Yaml);
            var expected = whole.Pipe(all).Select(record => record.Value!).ToList();
            int cut = all.Length / 2;
            var told = first.Pipe(all.AsSpan(0, cut)).Select(record => record.Value!).ToList();
            using AlertHarness second = first.Restart(Yaml);
            told.AddRange(second.Pipe(all.AsSpan(cut)).Select(record => record.Value!));
            Assert.Equal(expected, told);
        }).QuickCheckThrowOnFailure();

    private static ScoredTransaction[] Transactions((int Minute, int Sender, bool Removed)[] history) =>
        [.. history.Select((each, i) => Transaction(i, each.Minute, from: $"0x{each.Sender:x40}"))];
}
