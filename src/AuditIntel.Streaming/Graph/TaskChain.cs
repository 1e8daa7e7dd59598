using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.Graph;

/// <summary>Makes the nodes of one task, each definition once, however many ways lead to it.</summary>
internal sealed class TaskChain(TaskContext context)
{
    private readonly Dictionary<NodeDefinition, object> _instances = [];
    private readonly Dictionary<object, object> _shared = [];

    public TaskContext Context { get; } = context;

    public INode<TKey, TValue> Instance<TKey, TValue>(InputDefinition<TKey, TValue> definition)
    {
        if (!_instances.TryGetValue(definition, out object? instance))
        {
            instance = definition.Instantiate(this);
            _instances.Add(definition, instance);
        }

        return (INode<TKey, TValue>)instance;
    }

    /// <summary>What several nodes of one operation share within the task.</summary>
    public T Shared<T>(object operation, Func<T> create)
        where T : notnull
    {
        if (!_shared.TryGetValue(operation, out object? shared))
        {
            shared = create();
            _shared.Add(operation, shared);
        }

        return (T)shared;
    }

    /// <summary>What stands behind an output: nothing, one node, or several in the order of their declaration.</summary>
    public INode<TKey, TValue> Next<TKey, TValue>(IReadOnlyList<InputDefinition<TKey, TValue>> targets) => targets.Count switch
    {
        0 => NothingNode<TKey, TValue>.Instance,
        1 => Instance(targets[0]),
        _ => new FanOutNode<TKey, TValue>([.. targets.Select(Instance)]),
    };
}
