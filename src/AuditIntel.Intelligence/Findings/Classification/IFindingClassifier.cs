namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>Gives a finding probabilities of classes. Safe for concurrent use.</summary>
internal interface IFindingClassifier
{
    IReadOnlyList<string> Classes { get; }

    /// <summary>Probabilities in the order of <see cref="Classes"/>; their sum is 1.</summary>
    double[] Predict(FindingReading reading);
}
