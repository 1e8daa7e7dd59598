using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>The fields part of an entry: selectors, paths or columns.</summary>
internal static class MappingReader
{
    public static FieldMapping Read(FieldSet fields, SourceKind kind, Uri url, bool repository)
    {
        if (repository || kind is SourceKind.Feed or SourceKind.Sherlock or SourceKind.GithubReports)
        {
            return new FieldMapping();
        }

        FieldSet? within = fields.Within("fields");
        if (within is null)
        {
            if (kind is not SourceKind.Code4rena && !fields.Has("fields"))
            {
                fields.Fault("kind", $"'fields' is missing; kind {SourceKinds.NameOf(kind)} needs at least 'title' and 'body'.");
            }

            return kind is SourceKind.Code4rena ? SiteDefaults(url) : new FieldMapping();
        }

        var templates = new Dictionary<FindingField, FieldTemplate>();
        foreach (FindingField field in Enum.GetValues<FindingField>())
        {
            string name = FieldNames.Of(field);
            if (within.Text(name) is { } text && Template(within, kind, name, text) is { } template)
            {
                templates[field] = template;
            }
        }

        var mapping = new FieldMapping
        {
            Items = kind is SourceKind.Html or SourceKind.JsonApi ? Part(within, kind, "items") : "",
            Links = kind is SourceKind.Html or SourceKind.Code4rena ? Part(within, kind, "links") : "",
            Next = kind is SourceKind.Html or SourceKind.Code4rena ? Part(within, kind, "next") : "",
            BodyIsHtml = kind is SourceKind.JsonApi or SourceKind.Csv && within.Choice("bodyFormat", ["markdown", "html"]) == "html",
            DateFormat = within.Text("dateFormat"),
            Separator = kind is SourceKind.Csv && within.Text("separator") is { } separator ? SeparatorOf(within, separator) : ',',
            Templates = templates,
        };
        within.RefuseOthers($"the mapping of kind {SourceKinds.NameOf(kind)}");
        if (kind is SourceKind.Code4rena)
        {
            FieldMapping site = SiteDefaults(url);
            return mapping with { Links = mapping.Links.Length > 0 ? mapping.Links : site.Links, Templates = Merge(templates, site.Templates) };
        }

        foreach (FindingField needed in new[] { FindingField.Title, FindingField.Body })
        {
            if (!templates.ContainsKey(needed) && !within.Has(FieldNames.Of(needed)))
            {
                fields.Fault("fields", $"'fields' needs '{FieldNames.Of(needed)}'.");
            }
        }

        return mapping;
    }

    /// <summary>How the listing of Code4rena's site and its report pages look.</summary>
    private static FieldMapping SiteDefaults(Uri url)
    {
        string path = url.AbsolutePath.TrimEnd('/');
        FieldTemplate.TryParse("h1", Selector.Check, out FieldTemplate? title);
        FieldTemplate.TryParse("main, article, body", Selector.Check, out FieldTemplate? body);
        FieldTemplate.TryParse("time@datetime", Selector.Check, out FieldTemplate? date);
        return new FieldMapping
        {
            Links = $"a[href*='{path}/']",
            Templates = new Dictionary<FindingField, FieldTemplate> { [FindingField.Title] = title!, [FindingField.Body] = body!, [FindingField.Date] = date! },
        };
    }

    private static Dictionary<FindingField, FieldTemplate> Merge(Dictionary<FindingField, FieldTemplate> own, IReadOnlyDictionary<FindingField, FieldTemplate> below)
    {
        var merged = new Dictionary<FindingField, FieldTemplate>(below);
        foreach ((FindingField field, FieldTemplate template) in own)
        {
            merged[field] = template;
        }

        return merged;
    }

    private static FieldTemplate? Template(FieldSet within, SourceKind kind, string name, string text)
    {
        Func<string, string?> check = kind switch
        {
            SourceKind.Html or SourceKind.Code4rena => Selector.Check,
            SourceKind.JsonApi => JsonPath.Check,
            _ => static _ => null,
        };
        if (FieldTemplate.TryParse(text, check, out FieldTemplate? template) is { } wrong)
        {
            within.Fault(name, wrong);
            return null;
        }

        return template;
    }

    private static string Part(FieldSet within, SourceKind kind, string name)
    {
        string? text = within.Text(name);
        string? wrong = text is null ? null : kind is SourceKind.JsonApi ? JsonPath.Check(text) : Selector.Check(text);
        if (wrong is not null)
        {
            within.Fault(name, wrong);
        }

        return text ?? "";
    }

    private static char SeparatorOf(FieldSet within, string separator)
    {
        if (separator is "tab")
        {
            return '\t';
        }

        if (separator.Length != 1 || separator is "\"" or "\n" or "\r")
        {
            within.Fault("separator", "'separator' must be one character, or tab.");
        }

        return separator[0];
    }
}
