namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>Where a finding lies in a latent space: each of its lists a vector of length 1, or zeros where nothing of it is known.</summary>
/// <param name="Words">Of title and prose.</param>
/// <param name="Head">Of the first words.</param>
/// <param name="Title">Of the title.</param>
internal sealed record FindingPlace(float[] Words, float[] Head, float[] Title);
