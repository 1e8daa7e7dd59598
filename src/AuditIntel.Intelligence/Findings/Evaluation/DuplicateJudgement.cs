namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>Duplicates of all judged contests.</summary>
/// <param name="PairwiseF1">Over the pairs of all contests together.</param>
/// <param name="LivePairwiseF1">The same when the last finding has just come, before what was doubtful is settled.</param>
/// <param name="BcubedF1">Over the findings of all contests together.</param>
/// <param name="MeanPairwiseF1">Mean over contests.</param>
/// <param name="MeanBcubedF1">Mean over contests.</param>
/// <param name="PairRocAuc">Area under the ROC curve over the pairs that are scored when a contest is settled.</param>
/// <param name="Contests">Each contest.</param>
public sealed record DuplicateJudgement(
    double PairwiseF1, double LivePairwiseF1, double BcubedF1, double MeanPairwiseF1, double MeanBcubedF1, double PairRocAuc, IReadOnlyList<ContestJudgement> Contests);
