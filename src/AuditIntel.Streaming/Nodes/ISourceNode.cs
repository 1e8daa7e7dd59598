namespace AuditIntel.Streaming.Nodes;

/// <summary>The start of a task's chain.</summary>
internal interface ISourceNode
{
    /// <exception cref="SourceDeserializationException">Key or value cannot be read; nothing was processed.</exception>
    void Process(in RawRecord record);
}
