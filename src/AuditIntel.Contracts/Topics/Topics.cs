using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>The topic catalogue.</summary>
public static class Topics
{
    /// <summary>Largest record of any topic, in bytes: a finding's text has to fit.</summary>
    public const int MaxRecordBytes = 16 * 1024 * 1024;

    private const int DefaultPartitions = 4;
    private const string ContestKeyText = "platform/contest";

    /// <summary>Contests and engagements, the newest state of each.</summary>
    public static TopicDefinition Contests { get; } = Define("auditintel.contests", ContestKeyText, "auditintel.Contest", compacted: true);

    /// <summary>Findings as scraped.</summary>
    public static TopicDefinition RawFindings { get; } = Define("auditintel.findings.raw", ContestKeyText, "auditintel.RawFinding");

    /// <summary>Unique findings, normalised, classified and enriched.</summary>
    public static TopicDefinition Findings { get; } = Define("auditintel.findings", ContestKeyText, "auditintel.Finding");

    /// <summary>Findings that repeat another one.</summary>
    public static TopicDefinition FindingDuplicates { get; } =
        Define("auditintel.findings.duplicates", ContestKeyText, "auditintel.FindingDuplicate");

    /// <summary>What could not become a finding, with its reason.</summary>
    public static TopicDefinition RawFindingsDeadLetters { get; } =
        Define("auditintel.findings.raw.dlq", "key of the original record, or source path", "auditintel.DeadLetter");

    public static IReadOnlyList<TopicDefinition> All { get; } = [Contests, RawFindings, Findings, FindingDuplicates, RawFindingsDeadLetters];

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
