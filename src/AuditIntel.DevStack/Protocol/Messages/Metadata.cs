namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 3, request: tells the brokers, the topics and who leads their partitions.</summary>
internal sealed class MetadataRequest : IMessage<MetadataRequest>
{
    public List<Topic>? Topics = [];
    public bool AllowAutoTopicCreation = true;
    public bool IncludeClusterAuthorizedOperations;
    public bool IncludeTopicAuthorizedOperations;

    public static Layout<MetadataRequest> Layout { get; } = new Layout<MetadataRequest>(flexibleFrom: 9)
        .NullableArray("0+", m => ref m.Topics, "1+", Topic.Layout)
        .Bool("4+", m => ref m.AllowAutoTopicCreation)
        .Bool("8-10", m => ref m.IncludeClusterAuthorizedOperations)
        .Bool("8+", m => ref m.IncludeTopicAuthorizedOperations);

    internal sealed class Topic
    {
        public Guid TopicId;
        public string? Name;

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .Uuid("10+", m => ref m.TopicId)
            .NullableString("0+", m => ref m.Name, "10+");
    }
}

/// <summary>API key 3, response.</summary>
internal sealed class MetadataResponse : IMessage<MetadataResponse>
{
    public int ThrottleTimeMs;
    public List<Broker> Brokers = [];
    public string? ClusterId;
    public int ControllerId = -1;
    public List<Topic> Topics = [];
    public int ClusterAuthorizedOperations = int.MinValue;

    public static Layout<MetadataResponse> Layout { get; } = new Layout<MetadataResponse>(flexibleFrom: 9)
        .Int32("3+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Brokers, Broker.Layout)
        .NullableString("2+", m => ref m.ClusterId, "2+")
        .Int32("1+", m => ref m.ControllerId)
        .Array("0+", m => ref m.Topics, Topic.Layout)
        .Int32("8-10", m => ref m.ClusterAuthorizedOperations);

    internal sealed class Broker
    {
        public int NodeId;
        public string Host = "";
        public int Port;
        public string? Rack;

        public static Layout<Broker> Layout { get; } = new Layout<Broker>()
            .Int32("0+", m => ref m.NodeId)
            .String("0+", m => ref m.Host)
            .Int32("0+", m => ref m.Port)
            .NullableString("1+", m => ref m.Rack, "1+");
    }

    internal sealed class Topic
    {
        public short ErrorCode;
        public string? Name;
        public Guid TopicId;
        public bool IsInternal;
        public List<Partition> Partitions = [];
        public int TopicAuthorizedOperations = int.MinValue;

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .Int16("0+", m => ref m.ErrorCode)
            .NullableString("0+", m => ref m.Name, "12+")
            .Uuid("10+", m => ref m.TopicId)
            .Bool("1+", m => ref m.IsInternal)
            .Array("0+", m => ref m.Partitions, Partition.Layout)
            .Int32("8+", m => ref m.TopicAuthorizedOperations);
    }

    internal sealed class Partition
    {
        public short ErrorCode;
        public int PartitionIndex;
        public int LeaderId;
        public int LeaderEpoch = -1;
        public List<int> ReplicaNodes = [];
        public List<int> IsrNodes = [];
        public List<int> OfflineReplicas = [];

        public static Layout<Partition> Layout { get; } = new Layout<Partition>()
            .Int16("0+", m => ref m.ErrorCode)
            .Int32("0+", m => ref m.PartitionIndex)
            .Int32("0+", m => ref m.LeaderId)
            .Int32("7+", m => ref m.LeaderEpoch)
            .Array("0+", m => ref m.ReplicaNodes, WireTypes.Int32)
            .Array("0+", m => ref m.IsrNodes, WireTypes.Int32)
            .Array("5+", m => ref m.OfflineReplicas, WireTypes.Int32);
    }
}
