namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>What reading a finding yields, term by term.</summary>
internal sealed class TermSink
{
    /// <value>Stems of words, parts of identifiers among them, in their order.</value>
    public List<uint> Words { get; } = [];

    /// <value>Names of contracts, functions and variables, whole.</value>
    public List<uint> Identifiers { get; } = [];

    public List<CodeReference> References { get; } = [];

    public void Clear()
    {
        Words.Clear();
        Identifiers.Clear();
        References.Clear();
    }
}
