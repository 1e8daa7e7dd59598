namespace AuditIntel.Streaming.Graph;

/// <summary>A node that gives records of one type to those behind it.</summary>
internal interface IOutput<TKey, TValue>
{
    NodeDefinition Node { get; }

    List<InputDefinition<TKey, TValue>> Targets { get; }
}
