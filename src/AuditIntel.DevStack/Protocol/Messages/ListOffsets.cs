namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 2, request: finds offsets by time, or the first and the next one of a partition.</summary>
internal sealed class ListOffsetsRequest : IMessage<ListOffsetsRequest>
{
    public int ReplicaId;
    public sbyte IsolationLevel;
    public List<Topic> Topics = [];
    public int TimeoutMs;

    public static Layout<ListOffsetsRequest> Layout { get; } = new Layout<ListOffsetsRequest>(flexibleFrom: 6)
        .Int32("0+", m => ref m.ReplicaId)
        .Int8("2+", m => ref m.IsolationLevel)
        .Array("0+", m => ref m.Topics, Topic.Layout)
        .Int32("10+", m => ref m.TimeoutMs);

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
        public int CurrentLeaderEpoch = -1;
        public long Timestamp;
        public int MaxNumOffsets = 1;

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int32("4+", m => ref m.CurrentLeaderEpoch)
            .Int64("0+", m => ref m.Timestamp)
            .Int32("0", m => ref m.MaxNumOffsets);
    }
}

/// <summary>API key 2, response.</summary>
internal sealed class ListOffsetsResponse : IMessage<ListOffsetsResponse>
{
    public int ThrottleTimeMs;
    public List<TopicResponse> Topics = [];

    public static Layout<ListOffsetsResponse> Layout { get; } = new Layout<ListOffsetsResponse>(flexibleFrom: 6)
        .Int32("2+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Topics, TopicResponse.Layout);

    internal sealed class TopicResponse
    {
        public string Name = "";
        public List<PartitionResponse> Partitions = [];

        public static Layout<TopicResponse> Layout { get; } = new Layout<TopicResponse>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.Partitions, PartitionResponse.Layout);
    }

    internal sealed class PartitionResponse
    {
        public int PartitionIndex;
        public short ErrorCode;
        public List<long> OldStyleOffsets = [];
        public long Timestamp = -1;
        public long Offset = -1;
        public int LeaderEpoch = -1;

        public static Layout<PartitionResponse> Layout { get; } = new Layout<PartitionResponse>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int16("0+", m => ref m.ErrorCode)
            .Array("0", m => ref m.OldStyleOffsets, WireTypes.Int64)
            .Int64("1+", m => ref m.Timestamp)
            .Int64("1+", m => ref m.Offset)
            .Int32("4+", m => ref m.LeaderEpoch);
    }
}
