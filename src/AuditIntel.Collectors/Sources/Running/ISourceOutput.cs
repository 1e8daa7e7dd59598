namespace AuditIntel.Collectors.Sources.Running;

/// <summary>Where records of live sources go. Safe for concurrent use.</summary>
public interface ISourceOutput
{
    /// <summary>Returns when all of them are acknowledged.</summary>
    Task PublishAsync(string source, IReadOnlyList<Collected> items, CancellationToken cancellationToken);
}
