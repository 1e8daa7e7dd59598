namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>Fields by the names that the catalogue gives them.</summary>
internal static class FieldNames
{
    public static string Of(FindingField field) => field switch
    {
        FindingField.Id => "id",
        FindingField.Title => "title",
        FindingField.Body => "body",
        FindingField.Severity => "severity",
        FindingField.Url => "url",
        FindingField.Date => "date",
        FindingField.Authors => "authors",
        FindingField.Contest => "contest",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "There is no such field."),
    };
}
