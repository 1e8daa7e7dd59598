namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>Duplicates of all judged contests, each lived through finding by finding and then settled.</summary>
/// <param name="PairwiseF1">Over the pairs of all contests together.</param>
/// <param name="BcubedF1">Over the findings of all contests together.</param>
/// <param name="MeanPairwiseF1">Mean over contests.</param>
/// <param name="MeanBcubedF1">Mean over contests.</param>
/// <param name="LivePairwiseF1">As <paramref name="PairwiseF1"/>, but before the contests are settled: what was put together at once.</param>
/// <param name="PairRocAuc">Area under the ROC curve over candidate pairs.</param>
/// <param name="Contests">Each contest.</param>
public sealed record DuplicateJudgement(
    double PairwiseF1, double BcubedF1, double MeanPairwiseF1, double MeanBcubedF1, double LivePairwiseF1, double PairRocAuc, IReadOnlyList<ContestJudgement> Contests);
