namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>What two weighted lists of terms have in common.</summary>
/// <param name="Dot">Scalar product.</param>
/// <param name="Sum">Weight of the shared terms in the first list.</param>
/// <param name="OtherSum">Their weight in the second.</param>
/// <param name="Most">The greatest of their weights in the first.</param>
internal readonly record struct SharedWeight(double Dot, double Sum, double OtherSum, double Most);
