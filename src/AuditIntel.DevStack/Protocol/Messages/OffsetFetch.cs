namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 9, request: tells how far a group has consumed.</summary>
internal sealed class OffsetFetchRequest : IMessage<OffsetFetchRequest>
{
    public string GroupId = "";
    public List<Topic>? Topics = [];
    public List<Group> Groups = [];
    public bool RequireStable;

    public static Layout<OffsetFetchRequest> Layout { get; } = new Layout<OffsetFetchRequest>(flexibleFrom: 6)
        .String("0-7", m => ref m.GroupId)
        .NullableArray("0-7", m => ref m.Topics, "2-7", Topic.Layout)
        .Array("8+", m => ref m.Groups, Group.Layout)
        .Bool("7+", m => ref m.RequireStable);

    internal sealed class Topic
    {
        public string Name = "";
        public List<int> PartitionIndexes = [];

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .String("0-7", m => ref m.Name)
            .Array("0-7", m => ref m.PartitionIndexes, WireTypes.Int32);
    }

    internal sealed class Group
    {
        public string GroupId = "";
        public string? MemberId;
        public int MemberEpoch = -1;
        public List<OffsetFetchRequestTopics>? Topics = [];

        public static Layout<Group> Layout { get; } = new Layout<Group>()
            .String("8+", m => ref m.GroupId)
            .NullableString("9+", m => ref m.MemberId, "9+")
            .Int32("9+", m => ref m.MemberEpoch)
            .NullableArray("8+", m => ref m.Topics, "8+", OffsetFetchRequestTopics.Layout);
    }

    internal sealed class OffsetFetchRequestTopics
    {
        public string Name = "";
        public List<int> PartitionIndexes = [];

        public static Layout<OffsetFetchRequestTopics> Layout { get; } = new Layout<OffsetFetchRequestTopics>()
            .String("8+", m => ref m.Name)
            .Array("8+", m => ref m.PartitionIndexes, WireTypes.Int32);
    }
}

/// <summary>API key 9, response.</summary>
internal sealed class OffsetFetchResponse : IMessage<OffsetFetchResponse>
{
    public int ThrottleTimeMs;
    public List<Topic> Topics = [];
    public short ErrorCode;
    public List<Group> Groups = [];

    public static Layout<OffsetFetchResponse> Layout { get; } = new Layout<OffsetFetchResponse>(flexibleFrom: 6)
        .Int32("3+", m => ref m.ThrottleTimeMs)
        .Array("0-7", m => ref m.Topics, Topic.Layout)
        .Int16("2-7", m => ref m.ErrorCode)
        .Array("8+", m => ref m.Groups, Group.Layout);

    internal sealed class Topic
    {
        public string Name = "";
        public List<Partition> Partitions = [];

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .String("0-7", m => ref m.Name)
            .Array("0-7", m => ref m.Partitions, Partition.Layout);
    }

    internal sealed class Partition
    {
        public int PartitionIndex;
        public long CommittedOffset;
        public int CommittedLeaderEpoch = -1;
        public string? Metadata;
        public short ErrorCode;

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int32("0-7", m => ref m.PartitionIndex)
            .Int64("0-7", m => ref m.CommittedOffset)
            .Int32("5-7", m => ref m.CommittedLeaderEpoch)
            .NullableString("0-7", m => ref m.Metadata, "0-7")
            .Int16("0-7", m => ref m.ErrorCode);
    }

    internal sealed class Group
    {
        public string GroupId = "";
        public List<OffsetFetchResponseTopics> Topics = [];
        public short ErrorCode;

        public static Layout<Group> Layout { get; } = new Layout<Group>()
            .String("8+", m => ref m.GroupId)
            .Array("8+", m => ref m.Topics, OffsetFetchResponseTopics.Layout)
            .Int16("8+", m => ref m.ErrorCode);
    }

    internal sealed class OffsetFetchResponseTopics
    {
        public string Name = "";
        public List<OffsetFetchResponsePartitions> Partitions = [];

        public static Layout<OffsetFetchResponseTopics> Layout { get; } = new Layout<OffsetFetchResponseTopics>()
            .String("8+", m => ref m.Name)
            .Array("8+", m => ref m.Partitions, OffsetFetchResponsePartitions.Layout);
    }

    internal sealed class OffsetFetchResponsePartitions
    {
        public int PartitionIndex;
        public long CommittedOffset;
        public int CommittedLeaderEpoch = -1;
        public string? Metadata;
        public short ErrorCode;

        public static Layout<OffsetFetchResponsePartitions> Layout { get; } = new Layout<OffsetFetchResponsePartitions>()
            .Int32("8+", m => ref m.PartitionIndex)
            .Int64("8+", m => ref m.CommittedOffset)
            .Int32("8+", m => ref m.CommittedLeaderEpoch)
            .NullableString("8+", m => ref m.Metadata, "8+")
            .Int16("8+", m => ref m.ErrorCode);
    }
}
