using AuditIntel.Contracts;
using AuditIntel.Intelligence.Severities;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Topologies.Findings;

/// <summary>From a raw finding and its contest to a finding: validated, normalised, classified, enriched. A function of its input alone.</summary>
internal sealed class FindingBuilder(RuleClassifier classifier)
{
    /// <exception cref="InvalidFindingException">Title, text or a part of the id is missing.</exception>
    public Finding Build(RawFinding raw, Contest? contest)
    {
        Require(raw.Platform, "missing-id", "platform", raw);
        Require(raw.Contest, "missing-id", "contest", raw);
        Require(raw.NativeId, "missing-id", "nativeId", raw);
        string title = TextNormalizer.Clean(raw.Title).Replace('\n', ' ');
        string body = TextNormalizer.Clean(raw.Body);
        Require(title, "missing-title", "title", raw);
        Require(body, "missing-body", "body", raw);

        Severity severity = SeverityScale.Of(raw.SeverityLabel);
        TypeVerdict verdict = classifier.Classify(title, body, severity);
        return new Finding
        {
            Id = FindingId.Of(raw.Platform, raw.Contest, raw.NativeId),
            ContentHash = ContentHash.Of(raw.Title, raw.Body),
            Platform = raw.Platform,
            Contest = raw.Contest,
            NativeId = raw.NativeId,
            Url = raw.Url,
            Authors = raw.Authors,
            Severity = severity,
            SeverityLabel = raw.SeverityLabel,
            SeveritySource = severity == Severity.Unknown ? "none" : "platform",
            Title = title,
            Body = body,
            VulnerabilityType = verdict.Type?.Id ?? VulnerabilityType.UnknownId,
            TypeConfidence = verdict.Confidence,
            Swc = verdict.Type?.Swc ?? [],
            Cwe = verdict.Type?.Cwe ?? [],
            ContestName = contest?.Name,
            ContestCategory = contest?.Category,
            PrizePoolUsd = contest?.PrizePoolUsd,
            SourcePath = raw.SourcePath,
            PublishedAt = raw.PublishedAt ?? StartOf(contest),
            CollectedAt = raw.CollectedAt,
        };
    }

    private static DateTimeOffset? StartOf(Contest? contest) =>
        contest?.StartedOn is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static void Require(string value, string errorClass, string field, RawFinding raw)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new InvalidFindingException(errorClass, $"Finding '{raw.NativeId}' of {raw.SourcePath} has no {field}; the collector of '{raw.Platform}' must give one.");
        }
    }
}
