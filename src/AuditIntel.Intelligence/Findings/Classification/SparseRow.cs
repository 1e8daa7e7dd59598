namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>A text as numbers: features that are not 0, ascending.</summary>
internal readonly record struct SparseRow(int[] Features, float[] Values);
