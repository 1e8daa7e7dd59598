namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>Reads one kind of source.</summary>
internal interface ISourceConnector
{
    /// <summary>One pass over the source, step by step; whoever stops asking stops the pass.</summary>
    /// <exception cref="Fetching.FetchException">The pass cannot go on.</exception>
    IAsyncEnumerable<SourceBatch> ReadAsync(SourcePass pass, CancellationToken cancellationToken);
}
