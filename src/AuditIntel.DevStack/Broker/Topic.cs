using AuditIntel.DevStack.Log;

namespace AuditIntel.DevStack.Broker;

/// <summary>A topic. Its list of partitions and its settings are replaced whole, never changed in place.</summary>
internal sealed class Topic(string name, Guid id)
{
    public string Name { get; } = name;

    public Guid Id { get; } = id;

    public bool IsInternal { get; } = TopicName.IsInternal(name);

    public IReadOnlyDictionary<string, string> Settings { get; set; } = new Dictionary<string, string>();

    public Partition[] Partitions { get; set; } = [];

    public Partition? Find(int index)
    {
        var partitions = Partitions;
        return (uint)index < (uint)partitions.Length ? partitions[index] : null;
    }
}

/// <summary>A partition and its log.</summary>
internal sealed record Partition(int Index, PartitionLog Log);
