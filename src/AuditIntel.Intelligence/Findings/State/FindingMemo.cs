using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.State;

/// <summary>What is kept of a finding so that later ones can be held against it: bounded lists of hashed terms, never the text. Immutable.</summary>
public sealed class FindingMemo
{
    internal FindingMemo(FindingSketch sketch) => Sketch = sketch;

    /// <value>The id that the text had when it was read.</value>
    public string Id => Sketch.Id;

    internal FindingSketch Sketch { get; }
}
