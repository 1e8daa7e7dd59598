using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>The topic catalogue.</summary>
public static class Topics
{
    /// <summary>Largest record of any topic, in bytes: a finding's text has to fit.</summary>
    public const int MaxRecordBytes = 16 * 1024 * 1024;

    private const int DefaultPartitions = 4;
    private const string ContestKeyText = "platform/contest";
    private const string SenderKeyText = "chainId/from";
    private const string AddressKeyText = "chainId/address";

    /// <summary>Contests and engagements, the newest state of each.</summary>
    public static TopicDefinition Contests { get; } = Define("auditintel.contests", ContestKeyText, "auditintel.Contest", compacted: true);

    /// <summary>Findings as scraped.</summary>
    public static TopicDefinition RawFindings { get; } = Define("auditintel.findings.raw", ContestKeyText, "auditintel.RawFinding");

    /// <summary>Unique findings, normalised, classified and enriched.</summary>
    public static TopicDefinition Findings { get; } = Define("auditintel.findings", ContestKeyText, "auditintel.Finding");

    /// <summary>Findings that repeat another one.</summary>
    public static TopicDefinition FindingDuplicates { get; } =
        Define("auditintel.findings.duplicates", ContestKeyText, "auditintel.FindingDuplicate");

    /// <summary>Findings whose text resembles that of a finding of another contest; both stay findings.</summary>
    public static TopicDefinition SimilarFindings { get; } =
        Define("auditintel.findings.similar", ContestKeyText, "auditintel.FindingDuplicate");

    /// <summary>What could not become a finding, with its reason.</summary>
    public static TopicDefinition RawFindingsDeadLetters { get; } =
        Define("auditintel.findings.raw.dlq", "key of the original record, or source path", "auditintel.DeadLetter");

    /// <summary>Headers of blocks, and retractions of orphaned ones.</summary>
    public static TopicDefinition ChainBlocks { get; } = Define("auditintel.chain.blocks", "chainId/number", "auditintel.ChainBlock");

    /// <summary>Mined transactions, and retractions of orphaned ones; those of a chain in one partition, in order.</summary>
    public static TopicDefinition ChainTransactions { get; } =
        Define("auditintel.chain.transactions", SenderKeyText, "auditintel.ChainTransaction");

    /// <summary>What could not become a block, a transaction or a label, with its reason.</summary>
    public static TopicDefinition ChainDeadLetters { get; } =
        Define("auditintel.chain.transactions.dlq", "key of the original record, or source path", "auditintel.DeadLetter");

    /// <summary>Transactions with score and reasons.</summary>
    public static TopicDefinition ScoredTransactions { get; } =
        Define("auditintel.transactions.scored", SenderKeyText, "auditintel.ScoredTransaction");

    /// <summary>Transactions whose score crossed a threshold.</summary>
    public static TopicDefinition Anomalies { get; } = Define("auditintel.anomalies", AddressKeyText, "auditintel.Anomaly");

    /// <summary>What rules tell people.</summary>
    public static TopicDefinition Alerts { get; } = Define("auditintel.alerts", AddressKeyText, "auditintel.Alert");

    /// <summary>Alerts that no channel would take, with the reason.</summary>
    public static TopicDefinition AlertDeadLetters { get; } =
        Define("auditintel.alerts.dlq", "key of the original record", "auditintel.DeadLetter");

    /// <summary>How often types, platforms and severities occur in windows of days, the newest state of each window.</summary>
    public static TopicDefinition Trends { get; } =
        Define("auditintel.insights.trends", "dimension/value/days/start", "auditintel.FindingTrend", compacted: true);

    /// <summary>Types of findings that are new or have more than doubled, the newest state of each window.</summary>
    public static TopicDefinition EmergingThreats { get; } =
        Define("auditintel.insights.emerging", "type/days/start", "auditintel.EmergingThreat", compacted: true);

    /// <summary>Trained models, the newest version of each.</summary>
    public static TopicDefinition Models { get; } = Define("auditintel.models", "model id", "auditintel.ModelArtifact", compacted: true);

    /// <summary>What is publicly said of addresses, the newest state of each.</summary>
    public static TopicDefinition AddressLabels { get; } =
        Define("auditintel.labels.addresses", AddressKeyText, "auditintel.AddressLabel", compacted: true);

    /// <summary>How far each source was collected.</summary>
    public static TopicDefinition SourceCursors { get; } =
        Define("auditintel.sources.cursors", "source", "auditintel.SourceCursor", compacted: true);

    public static IReadOnlyList<TopicDefinition> All { get; } =
    [
        Contests, RawFindings, Findings, FindingDuplicates, SimilarFindings, RawFindingsDeadLetters,
        ChainBlocks, ChainTransactions, ChainDeadLetters, ScoredTransactions, Anomalies, Alerts, AlertDeadLetters,
        Trends, EmergingThreats, Models, AddressLabels, SourceCursors,
    ];

    private static TopicDefinition Define(string name, string key, string record, bool compacted = false)
    {
        var config = new Dictionary<string, string>
        {
            ["max.message.bytes"] = MaxRecordBytes.ToString(CultureInfo.InvariantCulture),
            ["retention.ms"] = "-1",
        };
        if (compacted)
        {
            config["cleanup.policy"] = "compact";
        }

        return new TopicDefinition(name, key, record, DefaultPartitions, config);
    }
}
