namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 35, request: tells sizes on disk.</summary>
internal sealed class DescribeLogDirsRequest : IMessage<DescribeLogDirsRequest>
{
    public List<DescribableLogDirTopic>? Topics = [];

    public static Layout<DescribeLogDirsRequest> Layout { get; } = new Layout<DescribeLogDirsRequest>(flexibleFrom: 2)
        .NullableArray("0+", m => ref m.Topics, "0+", DescribableLogDirTopic.Layout);

    internal sealed class DescribableLogDirTopic
    {
        public string Topic = "";
        public List<int> Partitions = [];

        public static Layout<DescribableLogDirTopic> Layout { get; } = new Layout<DescribableLogDirTopic>()
            .String("0+", m => ref m.Topic)
            .Array("0+", m => ref m.Partitions, WireTypes.Int32);
    }
}

/// <summary>API key 35, response.</summary>
internal sealed class DescribeLogDirsResponse : IMessage<DescribeLogDirsResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public List<Result> Results = [];

    public static Layout<DescribeLogDirsResponse> Layout { get; } = new Layout<DescribeLogDirsResponse>(flexibleFrom: 2)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Int16("3+", m => ref m.ErrorCode)
        .Array("0+", m => ref m.Results, Result.Layout);

    internal sealed class Result
    {
        public short ErrorCode;
        public string LogDir = "";
        public List<Topic> Topics = [];
        public long TotalBytes = -1;
        public long UsableBytes = -1;

        public static Layout<Result> Layout { get; } = new Layout<Result>()
            .Int16("0+", m => ref m.ErrorCode)
            .String("0+", m => ref m.LogDir)
            .Array("0+", m => ref m.Topics, Topic.Layout)
            .Int64("4+", m => ref m.TotalBytes)
            .Int64("4+", m => ref m.UsableBytes);
    }

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
        public long PartitionSize;
        public long OffsetLag;
        public bool IsFutureKey;

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int64("0+", m => ref m.PartitionSize)
            .Int64("0+", m => ref m.OffsetLag)
            .Bool("0+", m => ref m.IsFutureKey);
    }
}
