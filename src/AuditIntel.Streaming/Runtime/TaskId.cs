namespace AuditIntel.Streaming.Runtime;

/// <summary>One task: a part of the topology that hangs together, on one partition of its topics.</summary>
internal readonly record struct TaskId(int SubTopology, int Partition)
{
    public override string ToString() => $"{SubTopology}_{Partition}";
}
