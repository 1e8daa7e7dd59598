namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 21, request: raises the first offset of partitions.</summary>
internal sealed class DeleteRecordsRequest : IMessage<DeleteRecordsRequest>
{
    public List<Topic> Topics = [];
    public int TimeoutMs;

    public static Layout<DeleteRecordsRequest> Layout { get; } = new Layout<DeleteRecordsRequest>(flexibleFrom: 2)
        .Array("0+", m => ref m.Topics, Topic.Layout)
        .Int32("0+", m => ref m.TimeoutMs);

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
        public long Offset;

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int64("0+", m => ref m.Offset);
    }
}

/// <summary>API key 21, response.</summary>
internal sealed class DeleteRecordsResponse : IMessage<DeleteRecordsResponse>
{
    public int ThrottleTimeMs;
    public List<TopicResult> Topics = [];

    public static Layout<DeleteRecordsResponse> Layout { get; } = new Layout<DeleteRecordsResponse>(flexibleFrom: 2)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Topics, TopicResult.Layout);

    internal sealed class TopicResult
    {
        public string Name = "";
        public List<PartitionResult> Partitions = [];

        public static Layout<TopicResult> Layout { get; } = new Layout<TopicResult>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.Partitions, PartitionResult.Layout);
    }

    internal sealed class PartitionResult
    {
        public int PartitionIndex;
        public long LowWatermark;
        public short ErrorCode;

        public static Layout<PartitionResult> Layout { get; } = new Layout<PartitionResult>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int64("0+", m => ref m.LowWatermark)
            .Int16("0+", m => ref m.ErrorCode);
    }
}
