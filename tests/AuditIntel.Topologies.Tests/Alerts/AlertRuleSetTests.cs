using AuditIntel.Contracts;
using AuditIntel.Topologies.Alerts;

namespace AuditIntel.Topologies.Tests.Alerts;

public sealed class AlertRuleSetTests
{
    private const string Channels = "channels: { c: { type: console } }\n";

    [Fact]
    public void Default_ShouldBeValid() => Assert.Equal(["severe-anomaly", "labelled-counterpart"], AlertRuleSet.Default.Ids);

    [Theory]
    [InlineData("", "line 1: rules: must be a list")]
    [InlineData("rules: []", "line 1: rules: must be a list")]
    [InlineData("rules: text", "line 1: rules: must be a list")]
    [InlineData("rules:\n  - text", "line 2: a rule is text; it must have fields.")]
    [InlineData("rules:\n  - id: a\n    when: { score: 1 }\n    channels: [c]\n    when: { score: 1 }", "line 5: 'when' stands here a second time, first in line 3.")]
    [InlineData("rules:\n  - id: a\n    whem: { score: 1 }\n    channels: [c]", "line 3: 'whem' of rule 'a' is unknown; known are id, title, when, window, deduplicateBy, channels.")]
    [InlineData("rules:\n  - when: { score: 1 }\n    channels: [c]", "line 2: id of a rule is missing; write id: large-transfer.")]
    [InlineData("rules:\n  - { id: A b, when: { score: 1 }, channels: [c] }", "id of rule 'A b' must be 1 to 64 lower-case letters")]
    [InlineData("rules:\n  - { id: a, when: { score: 1 }, channels: [c] }\n  - { id: a, when: { score: 1 }, channels: [c] }", "line 3: id of rule 'a' is taken by the rule in line 2")]
    [InlineData("rules:\n  - { id: a, channels: [c] }", "rule 'a' has no conditions")]
    [InlineData("rules:\n  - { id: a, when: {}, channels: [c] }", "when of rule 'a' is empty; give at least one condition")]
    [InlineData("rules:\n  - { id: a, when: , channels: [c] }", "when of rule 'a' is empty")]
    [InlineData("rules:\n  - { id: a, when: [score], channels: [c] }", "when of rule 'a' is a list; it must have fields.")]
    [InlineData("rules:\n  - { id: a, when: { score: high }, channels: [c] }", "score of when of rule 'a' is 'high'; give a number from 0 to 1.")]
    [InlineData("rules:\n  - { id: a, when: { score: 1.1 }, channels: [c] }", "give a number from 0 to 1.")]
    [InlineData("rules:\n  - { id: a, when: { score: NaN }, channels: [c] }", "give a number from 0 to 1.")]
    [InlineData("rules:\n  - { id: a, when: { severity: High }, channels: [c] }", "severity of when of rule 'a' is 'High'; give one of low, medium, high, critical.")]
    [InlineData("rules:\n  - { id: a, when: { severity: [high] }, channels: [c] }", "severity of when of rule 'a' is a list; it must be text.")]
    [InlineData("rules:\n  - { id: a, when: { labels: [] }, channels: [c] }", "labels of when of rule 'a' is an empty list")]
    [InlineData("rules:\n  - { id: a, when: { labels: ['by:x'] }, channels: [c] }", "labels of when of rule 'a' has 'by:x'")]
    [InlineData("rules:\n  - { id: a, when: { addresses: [0x12] }, channels: [c] }", "addresses of when of rule 'a' has '0x12'; give 0x and 40 hex digits")]
    [InlineData("rules:\n  - { id: a, when: { value: 5 }, channels: [c] }", "value of when of rule 'a' is '5'; give a decimal number with wei, gwei or ether")]
    [InlineData("rules:\n  - { id: a, when: { chains: [main] }, channels: [c] }", "chains of when of rule 'a' has 'main'; give a chain id such as 1.")]
    [InlineData("rules:\n  - { id: a, when: { score: 1 }, window: soon, channels: [c] }", "window of rule 'a' is 'soon'; give a time such as 30s, 10m or 2h, from 0s to 7d.")]
    [InlineData("rules:\n  - { id: a, when: { score: 1 }, window: 8d, channels: [c] }", "window of rule 'a' is '8d'")]
    [InlineData("rules:\n  - { id: a, when: { score: 1 }, deduplicateBy: sender, channels: [c] }", "deduplicateBy of rule 'a' is 'sender'; give one of address, transaction, rule.")]
    [InlineData("rules:\n  - { id: a, when: { score: 1 }, channels: [c, d] }", "channels of rule 'a' names 'd', which is not under channels:; known are c.")]
    [InlineData("rules:\n  - { id: a, when: { score: 1 } }", "rule 'a' names no channels")]
    [InlineData("rules:\n  - { id: a, title: '{who}', when: { score: 1 }, channels: [c] }", "title of rule 'a' has the unknown name {who}")]
    [InlineData("rules:\n  - { id: a, title: '{value', when: { score: 1 }, channels: [c] }", "title of rule 'a' has a brace without its partner")]
    [InlineData("rules:\n  - { id: a, when: &x { score: 1 }, channels: [c] }", "anchors, aliases and tags are not read")]
    [InlineData("rules:\n  - { id: a, when: !t { score: 1 }, channels: [c] }", "anchors, aliases and tags are not read")]
    [InlineData("rules: [{", "this is not YAML")]
    [InlineData("rules:\n\t- id: a", "this is not YAML")]
    [InlineData("ruels: []", "line 1: 'ruels' is unknown; known are rules, channels.")]
    [InlineData("- a", "the file is a list; it must be fields")]
    [InlineData("---\nrules: []\n---\nrules: []", "line 3: a second document begins")]
    public void FaultyRule_ShouldBeNamedWithItsLine(string yaml, string sentence)
    {
        string text = yaml.StartsWith("rules:\n  -", StringComparison.Ordinal) ? yaml + "\n" + Channels : yaml;
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => AlertRuleSet.Read(ConfigurationFile.Parse(text, "my.yaml")));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.All(error.Faults, fault => Assert.StartsWith("my.yaml, line ", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void AllFaults_ShouldBeToldAtOnce_InTheOrderOfTheFile()
    {
        const string yaml = "rules:\n  - id: a\n    when: { score: 2 }\n    colour: red\n  - id: a\n    channels: [nobody]\nother: 1\n";
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => AlertRuleSet.Read(ConfigurationFile.Parse(yaml, "f")));
        Assert.Equal(
            ["f, line 2", "f, line 3", "f, line 4", "f, line 5", "f, line 5", "f, line 6", "f, line 7"],
            error.Faults.Select(fault => fault[..fault.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public void DeepNesting_ShouldBeAFault() =>
        Assert.Contains("nested deeper", Assert.Throws<ConfigurationException>(() => ConfigurationFile.Parse(new string('[', 100_000), "f")).Message, StringComparison.Ordinal);

    [Fact]
    public void FileThatIsNotThere_ShouldBeNamed() =>
        Assert.Contains("/nowhere/alerts.yaml", Assert.Throws<ConfigurationException>(() => AlertRuleSet.Load("/nowhere/alerts.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void FileThatIsNoText_ShouldBeAFault()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [0xFF, 0xFE, 0xC0, 0xAF]);
            Assert.Throws<ConfigurationException>(() => AlertRuleSet.Load(path));
            File.WriteAllText(path, new string('#', ConfigurationFile.MaxBytes + 1));
            Assert.Contains("larger than 1 MiB", Assert.Throws<ConfigurationException>(() => AlertRuleSet.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
