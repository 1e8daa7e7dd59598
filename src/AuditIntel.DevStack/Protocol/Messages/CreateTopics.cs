namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 19, request: creates topics.</summary>
internal sealed class CreateTopicsRequest : IMessage<CreateTopicsRequest>
{
    public List<CreatableTopic> Topics = [];
    public int TimeoutMs = 60000;
    public bool ValidateOnly;

    public static Layout<CreateTopicsRequest> Layout { get; } = new Layout<CreateTopicsRequest>(flexibleFrom: 5)
        .Array("0+", m => ref m.Topics, CreatableTopic.Layout)
        .Int32("0+", m => ref m.TimeoutMs)
        .Bool("1+", m => ref m.ValidateOnly);

    internal sealed class CreatableTopic
    {
        public string Name = "";
        public int NumPartitions;
        public short ReplicationFactor;
        public List<CreatableReplicaAssignment> Assignments = [];
        public List<CreatableTopicConfig> Configs = [];

        public static Layout<CreatableTopic> Layout { get; } = new Layout<CreatableTopic>()
            .String("0+", m => ref m.Name)
            .Int32("0+", m => ref m.NumPartitions)
            .Int16("0+", m => ref m.ReplicationFactor)
            .Array("0+", m => ref m.Assignments, CreatableReplicaAssignment.Layout)
            .Array("0+", m => ref m.Configs, CreatableTopicConfig.Layout);
    }

    internal sealed class CreatableReplicaAssignment
    {
        public int PartitionIndex;
        public List<int> BrokerIds = [];

        public static Layout<CreatableReplicaAssignment> Layout { get; } = new Layout<CreatableReplicaAssignment>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Array("0+", m => ref m.BrokerIds, WireTypes.Int32);
    }

    internal sealed class CreatableTopicConfig
    {
        public string Name = "";
        public string? Value;

        public static Layout<CreatableTopicConfig> Layout { get; } = new Layout<CreatableTopicConfig>()
            .String("0+", m => ref m.Name)
            .NullableString("0+", m => ref m.Value, "0+");
    }
}

/// <summary>API key 19, response.</summary>
internal sealed class CreateTopicsResponse : IMessage<CreateTopicsResponse>
{
    public int ThrottleTimeMs;
    public List<CreatableTopicResult> Topics = [];

    public static Layout<CreateTopicsResponse> Layout { get; } = new Layout<CreateTopicsResponse>(flexibleFrom: 5)
        .Int32("2+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Topics, CreatableTopicResult.Layout);

    internal sealed class CreatableTopicResult
    {
        public string Name = "";
        public Guid TopicId;
        public short ErrorCode;
        public string? ErrorMessage;
        public short TopicConfigErrorCode;
        public int NumPartitions = -1;
        public short ReplicationFactor = -1;
        public List<CreatableTopicConfig>? Configs = [];

        public static Layout<CreatableTopicResult> Layout { get; } = new Layout<CreatableTopicResult>()
            .String("0+", m => ref m.Name)
            .Uuid("7+", m => ref m.TopicId)
            .Int16("0+", m => ref m.ErrorCode)
            .NullableString("1+", m => ref m.ErrorMessage, "0+")
            .Int16("5+", m => ref m.TopicConfigErrorCode, tag: 0)
            .Int32("5+", m => ref m.NumPartitions)
            .Int16("5+", m => ref m.ReplicationFactor)
            .NullableArray("5+", m => ref m.Configs, "5+", CreatableTopicConfig.Layout);
    }

    internal sealed class CreatableTopicConfig
    {
        public string Name = "";
        public string? Value;
        public bool ReadOnly;
        public sbyte ConfigSource = -1;
        public bool IsSensitive;

        public static Layout<CreatableTopicConfig> Layout { get; } = new Layout<CreatableTopicConfig>()
            .String("5+", m => ref m.Name)
            .NullableString("5+", m => ref m.Value, "5+")
            .Bool("5+", m => ref m.ReadOnly)
            .Int8("5+", m => ref m.ConfigSource)
            .Bool("5+", m => ref m.IsSensitive);
    }
}
