namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>Duplicates of one contest, found by a model that was trained on others.</summary>
/// <param name="Contest">Id of the contest.</param>
/// <param name="Findings">Judged findings.</param>
/// <param name="Groups">True groups.</param>
/// <param name="Clusters">Clusters found.</param>
/// <param name="TruePairs">Pairs of duplicates.</param>
/// <param name="CandidateRecall">Share of those pairs that were scored when the contest was settled.</param>
/// <param name="Live">Over pairs, before the contest was settled.</param>
/// <param name="Pairwise">Over pairs.</param>
/// <param name="BCubed">Over findings.</param>
public sealed record ContestJudgement(
    string Contest, int Findings, int Groups, int Clusters, long TruePairs, double CandidateRecall, PrecisionRecall Live, PrecisionRecall Pairwise, PrecisionRecall BCubed);
