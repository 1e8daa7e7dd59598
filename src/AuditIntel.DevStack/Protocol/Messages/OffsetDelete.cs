namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 47, request: forgets offsets of a group.</summary>
internal sealed class OffsetDeleteRequest : IMessage<OffsetDeleteRequest>
{
    public string GroupId = "";
    public List<Topic> Topics = [];

    public static Layout<OffsetDeleteRequest> Layout { get; } = new Layout<OffsetDeleteRequest>()
        .String("0+", m => ref m.GroupId)
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

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int32("0+", m => ref m.PartitionIndex);
    }
}

/// <summary>API key 47, response.</summary>
internal sealed class OffsetDeleteResponse : IMessage<OffsetDeleteResponse>
{
    public short ErrorCode;
    public int ThrottleTimeMs;
    public List<Topic> Topics = [];

    public static Layout<OffsetDeleteResponse> Layout { get; } = new Layout<OffsetDeleteResponse>()
        .Int16("0+", m => ref m.ErrorCode)
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
