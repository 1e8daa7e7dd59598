using AuditIntel.Collectors.Sources.Catalogue;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>The connector of each kind.</summary>
internal static class SourceConnectors
{
    public static ISourceConnector Of(SourceDefinition source) => source.Kind switch
    {
        _ when source.ReadsRepositories => new RepositoryConnector(),
        SourceKind.Code4rena => new PagesConnector(new Code4renaPages()),
        SourceKind.Html => new PagesConnector(new SelectedPages()),
        SourceKind.JsonApi => new JsonConnector(),
        SourceKind.Csv => new CsvConnector(),
        SourceKind.Feed => new FeedConnector(),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source.Kind, "No connector reads this kind."),
    };
}
