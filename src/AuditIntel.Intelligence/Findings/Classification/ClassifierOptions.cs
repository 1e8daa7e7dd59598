namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>What a linear classifier reads and how it is trained.</summary>
internal sealed record ClassifierOptions
{
    /// <value>The words that it reads, each source a block of length 1.</value>
    public required IReadOnlyList<WordSource> Words { get; init; }

    /// <value>How much the signals count, beside 1 for each block of words; 0 for not at all.</value>
    public float SignalScale { get; init; }

    /// <value>Whether the signals are also those of what sponsors and judges said: right for published reports, wrong for what has just been submitted.</value>
    public bool ReadsComments { get; init; }

    /// <value>How much the evidence of the rules for each class of Web3Bugs counts; 0 for not at all.</value>
    public float EvidenceScale { get; init; }

    /// <value>How much the latent places of title and text count; 0 for none.</value>
    public float LatentScale { get; init; }

    /// <value>L2 penalty.</value>
    public double Penalty { get; init; } = 1;

    /// <value>How far rare classes are made to count as common ones: 0 not at all, 1 wholly.</value>
    public double Balance { get; init; } = 1;
}
