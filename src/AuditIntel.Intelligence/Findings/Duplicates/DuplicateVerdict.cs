namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>What a detector says of a finding.</summary>
/// <param name="CanonicalId">The finding that stands for the issue: the first that came; the finding itself where it is new.</param>
/// <param name="Duplicates">Findings of the same contest and cluster that it is like, best first, at most <see cref="DuplicateDetector.MostMatches"/>.</param>
/// <param name="Related">Findings of other contests with much the same text, best first, at most as many.</param>
/// <param name="Merged">Canonical findings whose clusters went into this one because of the new evidence.</param>
public sealed record DuplicateVerdict(
    string CanonicalId, IReadOnlyList<DuplicateMatch> Duplicates, IReadOnlyList<DuplicateMatch> Related, IReadOnlyList<string> Merged);
