namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>The fields of a piece as the source has them, before any check.</summary>
internal sealed record FindingDraft
{
    public string? Id { get; init; }

    public string? Title { get; init; }

    /// <summary>Markdown.</summary>
    public string? Body { get; init; }

    public string? Severity { get; init; }

    public string? Url { get; init; }

    public string? Date { get; init; }

    public string? Authors { get; init; }

    public string? Contest { get; init; }

    /// <summary>The piece as it came, for its dead letter.</summary>
    public string Original { get; init; } = "";

    /// <summary>Reads each field of a mapping.</summary>
    public static FindingDraft Of(IReadOnlyDictionary<FindingField, FieldTemplate> templates, Func<FindingField, string, string?> valueOf, string original)
    {
        string? Value(FindingField field) =>
            templates.TryGetValue(field, out FieldTemplate? template) ? template.Evaluate(expression => valueOf(field, expression)?.Trim())?.Trim() : null;

        return new FindingDraft
        {
            Id = Value(FindingField.Id),
            Title = Value(FindingField.Title),
            Body = Value(FindingField.Body),
            Severity = Value(FindingField.Severity),
            Url = Value(FindingField.Url),
            Date = Value(FindingField.Date),
            Authors = Value(FindingField.Authors),
            Contest = Value(FindingField.Contest),
            Original = original,
        };
    }
}
