namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 28, request: stores group offsets that count when the transaction commits.</summary>
internal sealed class TxnOffsetCommitRequest : IMessage<TxnOffsetCommitRequest>
{
    public string TransactionalId = "";
    public string GroupId = "";
    public long ProducerId;
    public short ProducerEpoch;
    public int GenerationId = -1;
    public string MemberId = "";
    public string? GroupInstanceId;
    public List<Topic> Topics = [];

    public static Layout<TxnOffsetCommitRequest> Layout { get; } = new Layout<TxnOffsetCommitRequest>(flexibleFrom: 3)
        .String("0+", m => ref m.TransactionalId)
        .String("0+", m => ref m.GroupId)
        .Int64("0+", m => ref m.ProducerId)
        .Int16("0+", m => ref m.ProducerEpoch)
        .Int32("3+", m => ref m.GenerationId)
        .String("3+", m => ref m.MemberId)
        .NullableString("3+", m => ref m.GroupInstanceId, "3+")
        .Array("0+", m => ref m.Topics, Topic.Layout);

    internal sealed class Topic
    {
        public string Name = "";
        public List<Partition> Partitions = [];

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.Partitions, Partition.Layout);
    }

    internal sealed class Partition
    {
        public int PartitionIndex;
        public long CommittedOffset;
        public int CommittedLeaderEpoch = -1;
        public string? CommittedMetadata;

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int64("0+", m => ref m.CommittedOffset)
            .Int32("2+", m => ref m.CommittedLeaderEpoch)
            .NullableString("0+", m => ref m.CommittedMetadata, "0+");
    }
}

/// <summary>API key 28, response.</summary>
internal sealed class TxnOffsetCommitResponse : IMessage<TxnOffsetCommitResponse>
{
    public int ThrottleTimeMs;
    public List<Topic> Topics = [];

    public static Layout<TxnOffsetCommitResponse> Layout { get; } = new Layout<TxnOffsetCommitResponse>(flexibleFrom: 3)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Topics, Topic.Layout);

    internal sealed class Topic
    {
        public string Name = "";
        public List<Partition> Partitions = [];

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.Partitions, Partition.Layout);
    }

    internal sealed class Partition
    {
        public int PartitionIndex;
        public short ErrorCode;

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int16("0+", m => ref m.ErrorCode);
    }
}
