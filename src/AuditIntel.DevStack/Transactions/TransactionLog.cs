using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Transactions;

/// <summary>Keeps the transactional ids in __transaction_state, in Kafka's own record layout.</summary>
internal sealed class TransactionLog(TopicCatalog catalog, TimeProvider clock)
{
    /// <summary>Writes the entry's state. What cannot be written now is told as Kafka tells it: the client asks again (NotCoordinator).</summary>
    public ErrorCode Save(TransactionEntry entry)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        entry.LastUpdate = now;
        var value = new TransactionValue
        {
            ProducerId = entry.ProducerId,
            ProducerEpoch = entry.Epoch,
            TimeoutMs = entry.TimeoutMs,
            Status = (sbyte)entry.State,
            LastUpdateTimestamp = now,
            StartTimestamp = entry.StartTimestamp,
            Partitions = entry.State == TransactionState.Empty
                ? null
                : [.. entry.Partitions.GroupBy(p => p.Topic).Select(g => new TransactionValue.Topic
                {
                    Name = g.Key,
                    PartitionIds = [.. g.Select(p => p.Partition)],
                })],
        };
        using var key = Key(entry.Id);
        using var body = new WireWriter(128);
        body.WriteInt16(0);
        TransactionValue.Layout.Write(body, value, 0);
        var batch = new BatchBuilder(now);
        batch.Add(now, key.Own.Span, isKeyNull: false, body.Own.Span, isValueNull: false);
        return Append(batch);
    }

    /// <summary>Forgets a transactional id.</summary>
    public ErrorCode Delete(string id)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        using var key = Key(id);
        var batch = new BatchBuilder(now);
        batch.Add(now, key.Own.Span, isKeyNull: false, default, isValueNull: true);
        return Append(batch);
    }

    /// <summary>The last state of every transactional id.</summary>
    public Dictionary<string, TransactionEntry> Load()
    {
        var entries = new Dictionary<string, TransactionEntry>(StringComparer.Ordinal);
        foreach (var partition in catalog.Find(TopicName.Transactions)?.Partitions ?? [])
        {
            partition.Log.Scan((_, batch) =>
            {
                var records = new RecordReader(batch.Span[BatchHeader.Size..]);
                while (records.TryRead(out var record))
                {
                    var key = new WireReader(record.Key.ToArray());
                    key.ReadInt16();
                    var id = WireTypes.String.Read(ref key, default);
                    entries.Remove(id);
                    if (!record.IsValueNull)
                    {
                        var value = new WireReader(record.Value.ToArray());
                        entries[id] = ToEntry(id, TransactionValue.Layout.Read(ref value, value.ReadInt16()));
                    }
                }
            });
        }

        return entries;
    }

    private static WireWriter Key(string id)
    {
        var key = new WireWriter(64);
        key.WriteInt16(0);
        WireTypes.String.Write(key, id, default);
        return key;
    }

    private ErrorCode Append(BatchBuilder batch)
    {
        try
        {
            return Topic().Partitions[0].Log.Append(batch.Build(), AppendOrigin.Broker).Error.ForCoordinator();
        }
        catch (IOException)
        {
            return ErrorCode.NotCoordinator;
        }
    }

    private static TransactionEntry ToEntry(string id, TransactionValue value)
    {
        var entry = new TransactionEntry
        {
            Id = id,
            ProducerId = value.ProducerId,
            Epoch = value.ProducerEpoch,
            TimeoutMs = value.TimeoutMs,
            State = (TransactionState)value.Status,
            StartTimestamp = value.StartTimestamp,
            LastUpdate = value.LastUpdateTimestamp,
        };
        foreach (var topic in value.Partitions ?? [])
        {
            entry.Partitions.UnionWith(topic.PartitionIds.Select(p => new TopicPartition(topic.Name, p)));
        }

        return entry;
    }

    private Topic Topic() => catalog.Find(TopicName.Transactions)
        ?? catalog.TryCreate(TopicName.Transactions, 1, InternalTopics.Settings)
        ?? catalog.GetOrCreate(TopicName.Transactions);
}
