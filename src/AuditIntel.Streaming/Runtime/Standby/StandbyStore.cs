using AuditIntel.Kafka;
using AuditIntel.Streaming.Runtime.Checkpoints;

namespace AuditIntel.Streaming.Runtime.Standby;

/// <summary>The local copy of one store of a task that another process runs: its changelog's bytes, never looked into.</summary>
internal sealed class StandbyStore : IDisposable
{
    private readonly CheckpointLog _log;

    public StandbyStore(StateDirectory directory, TaskId task, string store, PartitionId changelog)
    {
        Task = task;
        Changelog = changelog;
        _log = directory.OpenStore(task, store, (_, _, _, _) => { });
    }

    public TaskId Task { get; }

    public PartitionId Changelog { get; }

    /// <summary>Offset of the next record to copy.</summary>
    public long Next => _log.Offset ?? PartitionOffset.Beginning;

    public void Write(in ConsumedRecord record)
    {
        if (!record.IsKeyNull)
        {
            _log.Write(record.Key, record.IsValueNull, record.Value, record.TimestampMs);
        }
    }

    /// <summary>The copy reaches to here.</summary>
    public void Commit(long offset)
    {
        _log.Commit(offset);
        if (_log.NeedsRewrite)
        {
            _log.KeepNewest();
        }
    }

    public void Dispose() => _log.Dispose();
}
