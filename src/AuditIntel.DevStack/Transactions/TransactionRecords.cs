using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Transactions;

/// <summary>Value of a record in __transaction_state (version 0); the key is version 0 and the transactional id.</summary>
internal sealed class TransactionValue
{
    public long ProducerId;
    public short ProducerEpoch;
    public int TimeoutMs;
    public sbyte Status;
    public List<Topic>? Partitions;
    public long LastUpdateTimestamp;
    public long StartTimestamp;

    public static Layout<TransactionValue> Layout { get; } = new Layout<TransactionValue>()
        .Int64("0+", m => ref m.ProducerId)
        .Int16("0+", m => ref m.ProducerEpoch)
        .Int32("0+", m => ref m.TimeoutMs)
        .Int8("0+", m => ref m.Status)
        .NullableArray("0+", m => ref m.Partitions, "0+", Topic.Layout)
        .Int64("0+", m => ref m.LastUpdateTimestamp)
        .Int64("0+", m => ref m.StartTimestamp);

    internal sealed class Topic
    {
        public string Name = "";
        public List<int> PartitionIds = [];

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.PartitionIds, WireTypes.Int32);
    }
}
