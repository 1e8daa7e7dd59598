using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Alerts;

/// <summary>Makes the alert of a rule and a transaction: from nothing but the two.</summary>
internal static class AlertBuilder
{
    private const int MostReasons = 10;
    private const int MostLabels = 50;

    public static Alert Build(AlertRule rule, ScoredTransaction transaction, string address, int occasion) => new()
    {
        Id = AlertId.Of(rule.Id, occasion == 0 ? transaction.Id : FormattableString.Invariant($"{transaction.Id}#{occasion}")),
        RuleId = rule.Id,
        Severity = transaction.Severity,
        Title = rule.Title.Fill(rule.Id, transaction, address),
        Summary = AlertText.Summary(transaction),
        DeduplicationKey = DeduplicationKey(rule, transaction, address),
        ChainId = transaction.ChainId,
        Address = address,
        TransactionHash = transaction.Hash,
        BlockNumber = transaction.BlockNumber,
        Value = transaction.Value,
        AnomalyId = transaction.Severity == AnomalySeverity.None ? null : AnomalyId.Of("transaction", transaction.ChainId, transaction.Hash),
        Score = transaction.Score,
        Confidence = transaction.Confidence,
        Reasons = transaction.Reasons.Count <= MostReasons ? transaction.Reasons : [.. transaction.Reasons.Take(MostReasons)],
        Labels = transaction.Labels.Count <= MostLabels ? transaction.Labels : [.. transaction.Labels.Take(MostLabels)],
        Channels = rule.Channels,
        OccurredAt = transaction.Timestamp,
        CollectedAt = transaction.CollectedAt,
        CreatedAt = transaction.ScoredAt,
    };

    public static string DeduplicationKey(AlertRule rule, ScoredTransaction transaction, string address) => rule.Scope switch
    {
        AlertScope.Address => ChainKey.Of(transaction.ChainId, address),
        AlertScope.Transaction => ChainKey.Of(transaction.ChainId, transaction.Hash),
        AlertScope.Rule => FormattableString.Invariant($"{transaction.ChainId}"),
        _ => throw new InvalidOperationException($"Scope {rule.Scope} has no key."),
    };
}
