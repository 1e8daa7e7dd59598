using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>Keeps groups and offsets in __consumer_offsets, in Kafka's own record layout, so that a restart forgets nothing.</summary>
internal sealed class GroupLog(TopicCatalog catalog, TimeProvider clock)
{
    private const short OffsetKeyVersion = 1;
    private const short GroupKeyVersion = 2;
    private const short ValueVersion = 3;

    /// <summary>The partition that keeps a group: Java's string hash, as Kafka's own tools compute it.</summary>
    public Partition PartitionOf(string group)
    {
        var topic = Topic();
        var hash = 0;
        foreach (var c in group)
        {
            hash = unchecked((31 * hash) + c);
        }

        return topic.Partitions[(hash & int.MaxValue) % topic.Partitions.Length];
    }

    public ErrorCode SaveGroup(GroupMetadata group) =>
        Append(group.Group, -1, -1, batch => batch(Key(GroupKeyVersion, w => WireTypes.String.Write(w, group.Group, default)), Value(GroupMetadata.Layout, group)));

    public ErrorCode SaveOffsets(string group, Dictionary<TopicPartition, CommittedOffset> offsets, long producerId, short producerEpoch) =>
        Append(group, producerId, producerEpoch, batch =>
        {
            foreach (var (partition, offset) in offsets)
            {
                var value = new OffsetValue
                {
                    Offset = offset.Offset,
                    LeaderEpoch = offset.LeaderEpoch,
                    Metadata = offset.Metadata,
                    CommitTimestamp = offset.CommitTimestamp,
                };
                batch(OffsetKeyBytes(group, partition), Value(OffsetValue.Layout, value));
            }
        });

    public ErrorCode DeleteOffsets(string group, List<TopicPartition> partitions) =>
        Append(group, -1, -1, batch => partitions.ForEach(p => batch(OffsetKeyBytes(group, p), null)));

    public ErrorCode DeleteGroup(string group) =>
        Append(group, -1, -1, batch => batch(Key(GroupKeyVersion, w => WireTypes.String.Write(w, group, default)), null));

    /// <summary>Reads everything back.</summary>
    public void Replay(Func<string, Group> groupOf)
    {
        if (catalog.Find(TopicName.Offsets) is not { } topic)
        {
            return;
        }

        foreach (var partition in topic.Partitions)
        {
            var groups = new HashSet<Group>();
            partition.Log.Scan((header, batch) =>
            {
                var records = new RecordReader(batch.Span[BatchHeader.Size..]);
                while (records.TryRead(out var record))
                {
                    if (header.IsControl)
                    {
                        var commit = !ControlRecord.IsAbort(batch.Span);
                        foreach (var group in groups)
                        {
                            group.EndTransaction(header.ProducerId, commit);
                        }

                        continue;
                    }

                    groups.Add(Apply(groupOf, record, header.IsTransactional ? header.ProducerId : -1));
                }
            });
        }
    }

    private static Group Apply(Func<string, Group> groupOf, in RecordView record, long producerId)
    {
        var key = new WireReader(record.Key.ToArray());
        var version = key.ReadInt16();
        if (version is 0 or OffsetKeyVersion)
        {
            var offsetKey = OffsetKey.Layout.Read(ref key, version);
            var group = groupOf(offsetKey.Group);
            CommittedOffset? offset = null;
            if (!record.IsValueNull)
            {
                var reader = new WireReader(record.Value.ToArray());
                var value = OffsetValue.Layout.Read(ref reader, reader.ReadInt16());
                offset = new(value.Offset, value.LeaderEpoch, value.Metadata, value.CommitTimestamp);
            }

            group.RestoreOffset(new(offsetKey.Topic, offsetKey.Partition), offset, producerId);
            return group;
        }

        var named = groupOf(WireTypes.String.Read(ref key, default));
        var metadata = new GroupMetadata();
        if (!record.IsValueNull)
        {
            var reader = new WireReader(record.Value.ToArray());
            metadata = GroupMetadata.Layout.Read(ref reader, reader.ReadInt16());
        }

        named.Restore(metadata);
        return named;
    }

    private static byte[] OffsetKeyBytes(string group, TopicPartition partition) =>
        Key(OffsetKeyVersion, w => OffsetKey.Layout.Write(w, new() { Group = group, Topic = partition.Topic, Partition = partition.Partition }, OffsetKeyVersion));

    private static byte[] Key(short version, Action<WireWriter> write)
    {
        using var writer = new WireWriter(128);
        writer.WriteInt16(version);
        write(writer);
        return writer.ToArray();
    }

    private static byte[] Value<T>(Layout<T> layout, T value)
        where T : class, new() => Key(ValueVersion, w => layout.Write(w, value, ValueVersion));

    private ErrorCode Append(string group, long producerId, short producerEpoch, Action<Action<byte[], byte[]?>> write)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var builder = new BatchBuilder(now)
        {
            ProducerId = producerId,
            ProducerEpoch = producerEpoch,
            Attributes = producerId >= 0 ? (short)16 : (short)0,
        };
        write((key, value) => builder.Add(now, key, isKeyNull: false, value, value is null));
        // As a client: the epoch of a transactional producer is checked against what the partition knows.
        try
        {
            return PartitionOf(group).Log.Append(builder.Build(), producerId >= 0 ? AppendOrigin.Client : AppendOrigin.Broker).Error.ForCoordinator();
        }
        catch (IOException)
        {
            return ErrorCode.NotCoordinator;
        }
    }

    private Topic Topic() => catalog.Find(TopicName.Offsets)
        ?? catalog.TryCreate(TopicName.Offsets, 1, InternalTopics.Settings)
        ?? catalog.GetOrCreate(TopicName.Offsets);
}
