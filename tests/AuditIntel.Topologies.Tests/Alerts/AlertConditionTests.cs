using System.Diagnostics;
using System.Numerics;
using AuditIntel.Contracts;
using AuditIntel.Topologies.Alerts;
using Xunit.Abstractions;
using static AuditIntel.Topologies.Tests.Alerts.AlertHarness;

namespace AuditIntel.Topologies.Tests.Alerts;

public sealed class AlertConditionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("{ severity: high }", true)]
    [InlineData("{ severity: critical }", false)]
    [InlineData("{ score: 0.9 }", true)]
    [InlineData("{ score: 0.91 }", false)]
    [InlineData("{ value: 12.5 ether }", true)]
    [InlineData("{ value: 12500000000000000001 wei }", false)]
    [InlineData("{ value: 12500000000 gwei }", true)]
    [InlineData("{ chains: [5, 1] }", true)]
    [InlineData("{ chains: 5 }", false)]
    [InlineData("{ labels: [heist, phishing] }", true)]
    [InlineData("{ labels: to:phishing }", true)]
    [InlineData("{ labels: from:phishing }", false)]
    [InlineData("{ labels: 'to:*' }", true)]
    [InlineData("{ labels: 'from:*' }", false)]
    [InlineData("{ labels: '*' }", true)]
    [InlineData("{ labels: phish }", false)]
    [InlineData("{ labels: Phishing }", true)]
    [InlineData("{ addresses: 0x2222222222222222222222222222222222222222 }", true)]
    [InlineData("{ addresses: 0x3333333333333333333333333333333333333333 }", false)]
    [InlineData("{ severity: high, value: 1 ether, labels: heist }", false)]
    [InlineData("{ severity: high, value: 1 ether, labels: phishing }", true)]
    public void Conditions_ShouldAllHold(string when, bool matches)
    {
        using var stage = new AlertHarness(Rule(when));
        Assert.Equal(matches, stage.Pipe(Transaction(0) with { Labels = ["to:phishing"] }).Count == 1);
    }

    [Theory]
    [InlineData("{ addresses: '0x3333333333333333333333333333333333333333' }", "0x3333333333333333333333333333333333333333")]
    [InlineData("{ labels: phishing }", Receiver)]
    [InlineData("{ labels: from:heist }", Sender)]
    [InlineData("{ severity: low }", Receiver)]
    public void Address_ShouldBeTheOneThatTheRuleMeans(string when, string address)
    {
        using var stage = new AlertHarness(Rule(when));
        ScoredTransaction transaction = Transaction(0) with { Labels = ["to:phishing", "from:heist"], CreatedContract = "0x3333333333333333333333333333333333333333" };
        Assert.Equal(address, Assert.Single(stage.Pipe(transaction)).Value!.Address);
    }

    [Theory]
    [InlineData("1 wei", "1")]
    [InlineData("0.000000000000000001 ether", "1")]
    [InlineData("1.50 gwei", "1500000000")]
    [InlineData("100ether", "100000000000000000000")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935 wei", "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936 wei", null)]
    [InlineData("0.5 wei", null)]
    [InlineData("0.0000000000000000001 ether", null)]
    [InlineData("1.2.3 ether", null)]
    [InlineData("1. ether", null)]
    [InlineData("-1 ether", null)]
    [InlineData("1", null)]
    [InlineData("1 finney", null)]
    [InlineData("ether", null)]
    public void Amount_ShouldBeReadExactly(string text, string? wei)
    {
        Assert.Equal(wei is not null, EtherAmount.TryParse(text, out BigInteger amount));
        Assert.True(wei is null || amount == BigInteger.Parse(wei, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Rules_ShouldBeAskedWithoutGarbage_WhenNoneFires()
    {
        AlertRule[] rules = AlertRuleSet.Read(ConfigurationFile.Parse(
            """
            rules:
              - { id: a, when: { severity: high }, channels: [c] }
              - { id: b, when: { value: 1000 ether }, channels: [c] }
              - { id: d, when: { labels: [heist, exploit, "from:sanctioned"] }, channels: [c] }
              - { id: e, when: { addresses: ["0x3333333333333333333333333333333333333333", "0x4444444444444444444444444444444444444444"] }, channels: [c] }
            channels:
              c: { type: console }
            """,
            "x")).Rules;
        ScoredTransaction transaction = Transaction(0, severity: AnomalySeverity.Low) with { Labels = ["to:phishing"] };
        // Short tries, the best of many: the machine may be busy with something else, and the runtime compiles the code anew on the way.
        const int rounds = 1000;
        const int tries = 1000;
        Ask(rules, transaction, rounds);
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan best = TimeSpan.MaxValue;
        int fired = 0;
        for (int i = 0; i < tries; i++)
        {
            long start = Stopwatch.GetTimestamp();
            fired += Ask(rules, transaction, rounds);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            best = took < best ? took : best;
        }

        Assert.Equal(0, fired);

        // The runtime itself may allocate a little now and then; a byte for each question would be 4 000 000.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        output.WriteLine($"{best.TotalNanoseconds / rounds / rules.Length:0.0} ns a rule and transaction");
    }

    private static int Ask(AlertRule[] rules, ScoredTransaction transaction, int rounds)
    {
        int fired = 0;
        for (int i = 0; i < rounds; i++)
        {
            foreach (AlertRule rule in rules)
            {
                fired += rule.Condition.Matches(transaction, out _) ? 1 : 0;
            }
        }

        return fired;
    }
}
