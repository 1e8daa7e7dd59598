namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>A piece of a YAML document with the line that it stands in.</summary>
internal abstract record CatalogueNode(int Line)
{
    internal sealed record Scalar(int Line, string Value, bool Quoted) : CatalogueNode(Line);

    internal sealed record Sequence(int Line, IReadOnlyList<CatalogueNode> Items) : CatalogueNode(Line);

    /// <param name="Line">Line, from 1.</param>
    /// <param name="Entries">In the order of the text; a key may stand there twice.</param>
    internal sealed record Mapping(int Line, IReadOnlyList<(Scalar Key, CatalogueNode Value)> Entries) : CatalogueNode(Line);
}
