using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.State;

/// <summary>Reads findings into memos, in time that does not grow beyond the first characters of a text. Keeps buffers: one for each thread.</summary>
public sealed class FindingMemoReader
{
    private readonly FindingSketcher _sketcher = new(new RuleClassifier());

    public FindingMemo Read(FindingText finding) => new(_sketcher.Sketch(finding));
}
