using AuditIntel.Kafka;
using AuditIntel.Streaming.Runtime.Checkpoints;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>A store of a task with the topic it is rebuilt from and its local checkpoint. Changes go to both.</summary>
internal sealed class TaskStore(IStateStore store, StoreDefinition definition, PartitionId source, IRecordCollector collector) : IChangelog
{
    private CheckpointLog? _checkpoint;
    private bool _hasPending;

    public IStateStore Store { get; } = store;

    /// <summary>Partition that the store is rebuilt from: of its changelog, or of the table's own topic.</summary>
    public PartitionId Source { get; } = source;

    /// <summary>Whether the store is rebuilt from an input of its task, and so only up to the committed offset.</summary>
    public bool IsFromInput => definition.SourceTopic is not null;

    /// <summary>Whether there is anything to rebuild the store from.</summary>
    public bool IsRestorable => definition.HasChangelog || IsFromInput;

    /// <summary>Reads the local checkpoint if there is one.</summary>
    /// <returns>Offset to go on from in the topic; null for its beginning.</returns>
    public long? Open(StateDirectory? directory, TaskId task)
    {
        if (directory is null || !IsRestorable)
        {
            return null;
        }

        _checkpoint = directory.OpenStore(task, Store.Name, Store.Restore);
        if (_checkpoint.Offset is null)
        {
            Store.Clear();
        }

        return _checkpoint.Offset;
    }

    /// <summary>The checkpoint does not belong to the topic: begins anew.</summary>
    public void Reset()
    {
        Store.Clear();
        _checkpoint?.Reset();
    }

    /// <summary>One record of the topic.</summary>
    public void Restore(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
    {
        Store.Restore(key, isTombstone, value, timestampMs);
        _checkpoint?.Write(key, isTombstone, value, timestampMs);
    }

    /// <summary>The topic was applied up to here.</summary>
    public void Restored(long offset)
    {
        if (_checkpoint is not null && offset >= 0)
        {
            _checkpoint.Commit(offset);
            RewriteIfDue();
        }
    }

    /// <summary>Writes what has changed since the last call.</summary>
    public void WriteChanges()
    {
        if (Store.HasChanges)
        {
            _hasPending = true;
            Store.WriteChanges(this);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
    {
        if (definition.HasChangelog)
        {
            collector.Send(Source.Topic, Source.Partition, keyIsNull: false, key, isTombstone, value, timestampMs, []);
        }

        _checkpoint?.Write(key, isTombstone, value, timestampMs);
    }

    /// <summary>What was written is committed.</summary>
    /// <param name="acknowledged">Highest acknowledged offset of a partition, -1 when unknown.</param>
    /// <param name="inputOffset">Offset of the next input record, for a store that is rebuilt from its input.</param>
    public void Committed(Func<PartitionId, long> acknowledged, long inputOffset)
    {
        if (_checkpoint is null || !_hasPending)
        {
            return;
        }

        _hasPending = false;
        long offset = IsFromInput ? inputOffset : acknowledged(Source) + 1;
        if (offset > 0)
        {
            _checkpoint.Commit(offset);
            RewriteIfDue();
        }
    }

    public void Close() => _checkpoint?.Dispose();

    private void RewriteIfDue()
    {
        if (_checkpoint!.NeedsRewrite)
        {
            _checkpoint.Rewrite(Store.WriteAll);
        }
    }
}
