namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 8, request: stores how far a group has consumed.</summary>
internal sealed class OffsetCommitRequest : IMessage<OffsetCommitRequest>
{
    public string GroupId = "";
    public int GenerationIdOrMemberEpoch = -1;
    public string MemberId = "";
    public string? GroupInstanceId;
    public long RetentionTimeMs = -1;
    public List<Topic> Topics = [];

    public static Layout<OffsetCommitRequest> Layout { get; } = new Layout<OffsetCommitRequest>(flexibleFrom: 8)
        .String("0+", m => ref m.GroupId)
        .Int32("1+", m => ref m.GenerationIdOrMemberEpoch)
        .String("1+", m => ref m.MemberId)
        .NullableString("7+", m => ref m.GroupInstanceId, "7+")
        .Int64("2-4", m => ref m.RetentionTimeMs)
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
        public long CommitTimestamp = -1;
        public string? CommittedMetadata;

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int64("0+", m => ref m.CommittedOffset)
            .Int32("6+", m => ref m.CommittedLeaderEpoch)
            .Int64("1", m => ref m.CommitTimestamp)
            .NullableString("0+", m => ref m.CommittedMetadata, "0+");
    }
}

/// <summary>API key 8, response.</summary>
internal sealed class OffsetCommitResponse : IMessage<OffsetCommitResponse>
{
    public int ThrottleTimeMs;
    public List<Topic> Topics = [];

    public static Layout<OffsetCommitResponse> Layout { get; } = new Layout<OffsetCommitResponse>(flexibleFrom: 8)
        .Int32("3+", m => ref m.ThrottleTimeMs)
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
