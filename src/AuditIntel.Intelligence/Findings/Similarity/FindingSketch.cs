using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Reading;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// What the detector keeps of a finding: bounded lists of hashed terms, never the text. Kept as bytes by <see cref="SketchCodec"/>.
/// </summary>
internal sealed class FindingSketch
{
    public required string Id { get; init; }

    /// <value>Hash of platform and contest.</value>
    public required uint Contest { get; init; }

    /// <value>Hash of the platform.</value>
    public required uint Platform { get; init; }

    /// <value>Hash of the author, 0 where nobody is named.</value>
    public required uint Author { get; init; }

    /// <value>Hash of the document, 0 where none is named.</value>
    public uint Document { get; init; }

    public required Severity Severity { get; init; }

    /// <value>Characters of the body.</value>
    public required int Length { get; init; }

    public required TermCounts Title { get; init; }

    /// <value>Words of the title and of the prose but for comments and formalities.</value>
    public required TermCounts Words { get; init; }

    /// <value>First words: title and what comes next, where submitters say what it is.</value>
    public required TermCounts Head { get; init; }

    public required TermCounts Impact { get; init; }

    public required TermCounts Recommendation { get; init; }

    /// <value>Names of contracts, functions and variables in prose.</value>
    public required TermCounts Named { get; init; }

    /// <value>The same in code blocks.</value>
    public required TermCounts Coded { get; init; }

    /// <value>Pairs of neighbouring words of title and prose's head.</value>
    public required TermCounts Phrases { get; init; }

    public required CodeReference[] References { get; init; }

    /// <value>Places in the taxonomy of the types that most rule evidence speaks for, strongest first, at most three.</value>
    public required byte[] Types { get; init; }
}
