using AuditIntel.Kafka;

namespace AuditIntel.Sinks.Postgres;

/// <content>From the consumer into the batch that is filled.</content>
public abstract partial class PostgresSink
{
    private readonly Dictionary<(string Topic, int Partition), PartitionCursor> _cursors = [];
    private readonly HashSet<PartitionCursor> _heldBack = [];
    private Exception? _registryFault;

    private void Take(BatchConsumer consumer, RecordBatch records)
    {
        PartitionCursor? cursor = null;
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (cursor is null || cursor.Partition != record.Partition || !ReferenceEquals(cursor.Topic, record.Topic))
            {
                cursor = _cursors.GetValueOrDefault((record.Topic, record.Partition));
            }

            // Below Received: fetched before the seek took effect. Not placed, or held back: the seek brings it again.
            if (cursor is { IsPlaced: true } && record.Offset >= cursor.Received && !_heldBack.Contains(cursor))
            {
                Take(cursor, record);
            }
        }

        foreach (var (_, placed) in _cursors)
        {
            SkipMarkers(consumer, placed);
        }
    }

    private void Take(PartitionCursor cursor, in ConsumedRecord record)
    {
        try
        {
            var value = _decoder.Decode(record.Topic, record.Partition, record.Offset, record.Key, record.Value, record.IsValueNull);
            _filling.Add(value, cursor.Topic, cursor.Partition, record.Offset, record.Key, record.Value);
            Cover(cursor, record.Offset + 1);
        }
        catch (Exception e) when (IsRegistryAway(e))
        {
            _registryFault = e;
            _heldBack.Add(cursor);
        }
    }

    private void Cover(PartitionCursor cursor, long next)
    {
        _filling.Cover(cursor.Topic, cursor.Partition, cursor.Received, next, _clock.GetTimestamp());
        cursor.Advance(next);
    }
}
