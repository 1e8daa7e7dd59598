namespace AuditIntel.Streaming;

/// <summary>How far a store of a task is restored.</summary>
/// <param name="Store">Name of the store.</param>
/// <param name="Task">Task as <c>part_partition</c>.</param>
/// <param name="BeginOffset">Where the topic is read from: behind the local copy, or its first record.</param>
/// <param name="Offset">Offset of the next record.</param>
/// <param name="EndOffset">Where it ends.</param>
public readonly record struct RestoreProgress(string Store, string Task, long BeginOffset, long Offset, long EndOffset)
{
    public bool IsDone => Offset >= EndOffset;
}
