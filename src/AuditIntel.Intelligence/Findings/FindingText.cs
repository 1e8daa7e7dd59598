using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Findings;

/// <summary>A finding as the models see it: nothing but what is known when it arrives.</summary>
public sealed record FindingText
{
    /// <value>Unique among all findings that one detector sees.</value>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    /// <value>Contest or engagement, unique within the platform.</value>
    public required string Contest { get; init; }

    public required string Title { get; init; }

    /// <value>Markdown.</value>
    public required string Body { get; init; }

    /// <value>Who submitted it, or empty.</value>
    public string Author { get; init; } = "";

    /// <value>
    /// The report or file that it stands in, or empty. Two findings of one document are different issues: whoever wrote it has told them apart.
    /// </value>
    public string Document { get; init; } = "";

    /// <value>What the submitter or the platform says, on the common scale.</value>
    public Severity Severity { get; init; } = Severity.Unknown;
}
