namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>Pairs across two clusters that were scored.</summary>
/// <param name="Sum">Of their probabilities.</param>
/// <param name="Pairs">How many there were.</param>
internal readonly record struct Bond(double Sum, int Pairs);
