namespace AuditIntel.Streaming.Graph;

/// <summary>The untyped side of a sink.</summary>
internal interface ISinkDefinition
{
    /// <summary>Topic, for an internal one without the application id; null where each record names its own.</summary>
    string? Topic { get; }

    /// <summary>Whether the topic is a repartition topic of the topology.</summary>
    bool IsInternal { get; }
}
