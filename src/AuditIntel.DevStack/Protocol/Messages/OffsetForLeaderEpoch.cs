namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 23, request: tells where a leader epoch ended.</summary>
internal sealed class OffsetForLeaderEpochRequest : IMessage<OffsetForLeaderEpochRequest>
{
    public int ReplicaId = -2;
    public List<OffsetForLeaderTopic> Topics = [];

    public static Layout<OffsetForLeaderEpochRequest> Layout { get; } = new Layout<OffsetForLeaderEpochRequest>(flexibleFrom: 4)
        .Int32("3+", m => ref m.ReplicaId)
        .Array("0+", m => ref m.Topics, OffsetForLeaderTopic.Layout);

    internal sealed class OffsetForLeaderTopic
    {
        public string Topic = "";
        public List<OffsetForLeaderPartition> Partitions = [];

        public static Layout<OffsetForLeaderTopic> Layout { get; } = new Layout<OffsetForLeaderTopic>()
            .String("0+", m => ref m.Topic)
            .Array("0+", m => ref m.Partitions, OffsetForLeaderPartition.Layout);
    }

    internal sealed class OffsetForLeaderPartition
    {
        public int Partition;
        public int CurrentLeaderEpoch = -1;
        public int LeaderEpoch;

        public static Layout<OffsetForLeaderPartition> Layout { get; } = new Layout<OffsetForLeaderPartition>()
            .Int32("0+", m => ref m.Partition)
            .Int32("2+", m => ref m.CurrentLeaderEpoch)
            .Int32("0+", m => ref m.LeaderEpoch);
    }
}

/// <summary>API key 23, response.</summary>
internal sealed class OffsetForLeaderEpochResponse : IMessage<OffsetForLeaderEpochResponse>
{
    public int ThrottleTimeMs;
    public List<OffsetForLeaderTopicResult> Topics = [];

    public static Layout<OffsetForLeaderEpochResponse> Layout { get; } = new Layout<OffsetForLeaderEpochResponse>(flexibleFrom: 4)
        .Int32("2+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Topics, OffsetForLeaderTopicResult.Layout);

    internal sealed class OffsetForLeaderTopicResult
    {
        public string Topic = "";
        public List<EpochEndOffset> Partitions = [];

        public static Layout<OffsetForLeaderTopicResult> Layout { get; } = new Layout<OffsetForLeaderTopicResult>()
            .String("0+", m => ref m.Topic)
            .Array("0+", m => ref m.Partitions, EpochEndOffset.Layout);
    }

    internal sealed class EpochEndOffset
    {
        public short ErrorCode;
        public int Partition;
        public int LeaderEpoch = -1;
        public long EndOffset = -1;

        public static Layout<EpochEndOffset> Layout { get; } = new Layout<EpochEndOffset>()
            .Int16("0+", m => ref m.ErrorCode)
            .Int32("0+", m => ref m.Partition)
            .Int32("1+", m => ref m.LeaderEpoch)
            .Int64("0+", m => ref m.EndOffset);
    }
}
