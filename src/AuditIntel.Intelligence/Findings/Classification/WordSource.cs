namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>Which words of a finding are read. The numbers stand in artefacts.</summary>
internal enum WordSource
{
    /// <summary>Words of the title.</summary>
    Title = 0,

    /// <summary>Words of title, prose and code, as the author wrote them.</summary>
    Own = 1,

    /// <summary>Words, and pairs of neighbours, of what sponsors and judges said.</summary>
    Comments = 2,

    /// <summary>Every word as it stands, and pairs of neighbours, of title, prose and code.</summary>
    Phrases = 3,

    /// <summary>The same with what sponsors and judges said.</summary>
    ReportPhrases = 4,
}
