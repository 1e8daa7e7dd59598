namespace AuditIntel.Streaming.Graph;

/// <summary>The untyped side of a sink, for description.</summary>
internal interface ISinkDefinition
{
    string Topic { get; }
}
