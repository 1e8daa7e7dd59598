using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Topologies.Serving;
using AuditIntel.Topologies.Transactions.State;
using AnomalyReason = AuditIntel.Contracts.AnomalyReason;
using AnomalySeverity = AuditIntel.Contracts.AnomalySeverity;

namespace AuditIntel.Topologies.Transactions;

/// <summary>From transaction and judgement to the records of scored transactions and of anomalies.</summary>
internal static class ScoredTransactions
{
    private const string TransactionKind = "transaction";

    /// <summary>The record without any judgement: what there is to say while there is no model.</summary>
    public static ScoredTransaction Unscored(ChainTransaction transaction, IReadOnlyList<string> labels, DateTimeOffset now) => new()
    {
        Id = TransactionId.Of(transaction.ChainId, transaction.Hash),
        ChainId = transaction.ChainId,
        Hash = transaction.Hash,
        BlockNumber = transaction.BlockNumber,
        BlockHash = transaction.BlockHash,
        TransactionIndex = transaction.TransactionIndex,
        Timestamp = transaction.Timestamp,
        From = transaction.From,
        To = transaction.To,
        CreatedContract = transaction.CreatedContract,
        Nonce = transaction.Nonce,
        Value = transaction.Value,
        GasLimit = transaction.GasLimit,
        GasPrice = transaction.EffectiveGasPrice ?? transaction.GasPrice,
        GasUsed = transaction.GasUsed,
        Status = transaction.Status,
        Type = transaction.Type,
        InputLength = transaction.InputLength,
        Selector = TransactionReader.HasSelector(transaction) ? "0x" + Convert.ToHexStringLower(transaction.InputHead.AsSpan(0, 4)) : null,
        FunctionName = transaction.FunctionName,
        LogCount = transaction.LogCount,
        Score = 0,
        Labels = labels,
        CollectedAt = transaction.CollectedAt,
        ScoredAt = now,
    };

    /// <summary>The same with what a model says of it.</summary>
    public static ScoredTransaction With(this ScoredTransaction transaction, TransactionVerdict verdict, ServingModel<TransactionModel> model) => transaction with
    {
        Score = verdict.Score.Probability,
        Confidence = verdict.Confidence,
        Severity = (AnomalySeverity)verdict.Severity,
        Parts = Parts(verdict.Score, model.Model!.Weights),
        Reasons = verdict.Reasons.Count == 0 ? [] : [.. verdict.Reasons.Select(Reason)],
        ModelId = model.Id,
        ModelVersion = model.Version,
    };

    /// <summary>The retraction: facts, score and severity as they were; parts and reasons stand in the record that it takes back.</summary>
    public static ScoredTransaction AsRemoved(this ScoredTransaction transaction, in SeenTransaction seen) => transaction with
    {
        Score = seen.Score,
        Confidence = seen.Confidence,
        Severity = seen.Severity,
        Removed = true,
    };

    public static Anomaly Anomaly(ScoredTransaction transaction, bool isAboutReceiver) => new()
    {
        Id = AnomalyId.Of(TransactionKind, transaction.ChainId, transaction.Hash),
        Kind = TransactionKind,
        TransactionId = transaction.Id,
        ChainId = transaction.ChainId,
        Address = isAboutReceiver ? (transaction.To ?? transaction.CreatedContract)! : transaction.From,
        TransactionHash = transaction.Hash,
        BlockNumber = transaction.BlockNumber,
        BlockHash = transaction.BlockHash,
        Timestamp = transaction.Timestamp,
        From = transaction.From,
        To = transaction.To,
        Value = transaction.Value,
        Score = transaction.Score,
        Confidence = transaction.Confidence,
        Severity = transaction.Severity,
        Parts = transaction.Parts,
        Reasons = transaction.Reasons,
        Labels = transaction.Labels,
        ModelId = transaction.ModelId,
        ModelVersion = transaction.ModelVersion,
        Removed = transaction.Removed,
        CollectedAt = transaction.CollectedAt,
        DetectedAt = transaction.ScoredAt,
    };

    private static ScorePart[] Parts(in TransactionScore score, EnsembleWeights weights) =>
    [
        new ScorePart { Name = "supervised", Score = score.Supervised, Probability = score.Supervised, Weight = weights.Supervised },
        new ScorePart { Name = "isolation-forest", Score = score.IsolationForest, Weight = weights.Forest },
        new ScorePart { Name = "baseline", Score = score.Baseline, Weight = weights.Baseline },
    ];

    private static AnomalyReason Reason(Intelligence.Transactions.Ensemble.AnomalyReason reason) => new()
    {
        Feature = reason.Feature.Name,
        Value = reason.Value,
        UsualLow = reason.UsualLow,
        UsualHigh = reason.UsualHigh,
        Contribution = reason.Contribution,
    };
}
