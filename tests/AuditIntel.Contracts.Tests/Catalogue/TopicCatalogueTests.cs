using AuditIntel.Avro;

namespace AuditIntel.Contracts.Tests.Catalogue;

public sealed class TopicCatalogueTests
{
    private static readonly Dictionary<string, AvroSchema> Records = new()
    {
        ["auditintel.Contest"] = Contest.AvroSchema,
        ["auditintel.RawFinding"] = RawFinding.AvroSchema,
        ["auditintel.Finding"] = Finding.AvroSchema,
        ["auditintel.FindingDuplicate"] = FindingDuplicate.AvroSchema,
        ["auditintel.FindingTrend"] = FindingTrend.AvroSchema,
        ["auditintel.EmergingThreat"] = EmergingThreat.AvroSchema,
        ["auditintel.DeadLetter"] = DeadLetter.AvroSchema,
        ["auditintel.ChainBlock"] = ChainBlock.AvroSchema,
        ["auditintel.ChainTransaction"] = ChainTransaction.AvroSchema,
        ["auditintel.ScoredTransaction"] = ScoredTransaction.AvroSchema,
        ["auditintel.Anomaly"] = Anomaly.AvroSchema,
        ["auditintel.Alert"] = Alert.AvroSchema,
        ["auditintel.AddressLabel"] = AddressLabel.AvroSchema,
        ["auditintel.ModelArtifact"] = ModelArtifact.AvroSchema,
        ["auditintel.SourceCursor"] = SourceCursor.AvroSchema,
    };

    [Fact]
    public void Catalogue_ShouldBeTheContract() => Assert.Equal(
        [
            "auditintel.contests", "auditintel.findings.raw", "auditintel.findings", "auditintel.findings.duplicates", "auditintel.findings.similar",
            "auditintel.findings.raw.dlq",
            "auditintel.chain.blocks", "auditintel.chain.transactions", "auditintel.chain.transactions.dlq",
            "auditintel.transactions.scored", "auditintel.anomalies", "auditintel.alerts", "auditintel.alerts.dlq",
            "auditintel.insights.trends", "auditintel.insights.emerging", "auditintel.models", "auditintel.labels.addresses", "auditintel.sources.cursors",
        ],
        Topics.All.Select(topic => topic.Name));

    [Fact]
    public void EveryTopic_ShouldHoldAGeneratedRecord() =>
        Assert.All(Topics.All, topic => Assert.Equal(topic.Record, ((NamedSchema)Records[topic.Record]).FullName));

    [Fact]
    public void EveryTopic_ShouldHaveFourPartitionsAndRoomForLargeFindings() => Assert.All(Topics.All, topic =>
    {
        Assert.Equal(4, topic.Partitions);
        Assert.Equal("16777216", topic.Config["max.message.bytes"]);
        Assert.Equal(topic.Name + "-value", topic.Subject);
    });

    [Fact]
    public void OnlyTopicsOfNewestStates_ShouldBeCompacted() => Assert.Equal(
        [Topics.Contests, Topics.Trends, Topics.EmergingThreats, Topics.Models, Topics.AddressLabels, Topics.SourceCursors],
        Topics.All.Where(topic => topic.Config.GetValueOrDefault("cleanup.policy") == "compact"));
}
