namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 1, request: reads record batches, waiting up to a limit for enough of them.</summary>
internal sealed class FetchRequest : IMessage<FetchRequest>
{
    public string? ClusterId;
    public int ReplicaId = -1;
    public int MaxWaitMs;
    public int MinBytes;
    public int MaxBytes = int.MaxValue;
    public sbyte IsolationLevel;
    public int SessionId;
    public int SessionEpoch = -1;
    public List<FetchTopic> Topics = [];
    public List<ForgottenTopic> ForgottenTopicsData = [];
    public string RackId = "";

    public static Layout<FetchRequest> Layout { get; } = new Layout<FetchRequest>(flexibleFrom: 12)
        .NullableString("12+", m => ref m.ClusterId, "12+", tag: 0)
        .Int32("0-14", m => ref m.ReplicaId)
        .Int32("0+", m => ref m.MaxWaitMs)
        .Int32("0+", m => ref m.MinBytes)
        .Int32("3+", m => ref m.MaxBytes)
        .Int8("4+", m => ref m.IsolationLevel)
        .Int32("7+", m => ref m.SessionId)
        .Int32("7+", m => ref m.SessionEpoch)
        .Array("0+", m => ref m.Topics, FetchTopic.Layout)
        .Array("7+", m => ref m.ForgottenTopicsData, ForgottenTopic.Layout)
        .String("11+", m => ref m.RackId);

    internal sealed class FetchTopic
    {
        public string Topic = "";
        public Guid TopicId;
        public List<FetchPartition> Partitions = [];

        public static Layout<FetchTopic> Layout { get; } = new Layout<FetchTopic>()
            .String("0-12", m => ref m.Topic)
            .Uuid("13+", m => ref m.TopicId)
            .Array("0+", m => ref m.Partitions, FetchPartition.Layout);
    }

    internal sealed class FetchPartition
    {
        public int Partition;
        public int CurrentLeaderEpoch = -1;
        public long FetchOffset;
        public int LastFetchedEpoch = -1;
        public long LogStartOffset = -1;
        public int PartitionMaxBytes;
        public Guid ReplicaDirectoryId;

        public static Layout<FetchPartition> Layout { get; } = new Layout<FetchPartition>()
            .Int32("0+", m => ref m.Partition)
            .Int32("9+", m => ref m.CurrentLeaderEpoch)
            .Int64("0+", m => ref m.FetchOffset)
            .Int32("12+", m => ref m.LastFetchedEpoch)
            .Int64("5+", m => ref m.LogStartOffset)
            .Int32("0+", m => ref m.PartitionMaxBytes)
            .Uuid("17+", m => ref m.ReplicaDirectoryId, tag: 0);
    }

    internal sealed class ForgottenTopic
    {
        public string Topic = "";
        public Guid TopicId;
        public List<int> Partitions = [];

        public static Layout<ForgottenTopic> Layout { get; } = new Layout<ForgottenTopic>()
            .String("7-12", m => ref m.Topic)
            .Uuid("13+", m => ref m.TopicId)
            .Array("7+", m => ref m.Partitions, WireTypes.Int32);
    }
}

/// <summary>API key 1, response.</summary>
internal sealed class FetchResponse : IMessage<FetchResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public int SessionId;
    public List<FetchableTopicResponse> Responses = [];
    public List<NodeEndpoint> NodeEndpoints = [];

    public static Layout<FetchResponse> Layout { get; } = new Layout<FetchResponse>(flexibleFrom: 12)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Int16("7+", m => ref m.ErrorCode)
        .Int32("7+", m => ref m.SessionId)
        .Array("0+", m => ref m.Responses, FetchableTopicResponse.Layout)
        .Array("16+", m => ref m.NodeEndpoints, NodeEndpoint.Layout, tag: 0);

    internal sealed class FetchableTopicResponse
    {
        public string Topic = "";
        public Guid TopicId;
        public List<PartitionData> Partitions = [];

        public static Layout<FetchableTopicResponse> Layout { get; } = new Layout<FetchableTopicResponse>()
            .String("0-12", m => ref m.Topic)
            .Uuid("13+", m => ref m.TopicId)
            .Array("0+", m => ref m.Partitions, PartitionData.Layout);
    }

    internal sealed class PartitionData
    {
        public int PartitionIndex;
        public short ErrorCode;
        public long HighWatermark;
        public long LastStableOffset = -1;
        public long LogStartOffset = -1;
        public EpochEndOffset? DivergingEpoch;
        public LeaderIdAndEpoch? CurrentLeader;
        public List<AbortedTransaction>? AbortedTransactions = [];
        public int PreferredReadReplica = -1;
        public RecordsPayload Records;

        public static Layout<PartitionData> Layout { get; } = new Layout<PartitionData>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int16("0+", m => ref m.ErrorCode)
            .Int64("0+", m => ref m.HighWatermark)
            .Int64("4+", m => ref m.LastStableOffset)
            .Int64("5+", m => ref m.LogStartOffset)
            .Struct("12+", m => ref m.DivergingEpoch, EpochEndOffset.Layout, tag: 0)
            .Struct("12+", m => ref m.CurrentLeader, LeaderIdAndEpoch.Layout, tag: 1)
            .NullableArray("4+", m => ref m.AbortedTransactions, "4+", AbortedTransaction.Layout)
            .Int32("11+", m => ref m.PreferredReadReplica)
            .Records("0+", m => ref m.Records);
    }

    internal sealed class EpochEndOffset
    {
        public int Epoch = -1;
        public long EndOffset = -1;

        public static Layout<EpochEndOffset> Layout { get; } = new Layout<EpochEndOffset>()
            .Int32("12+", m => ref m.Epoch)
            .Int64("12+", m => ref m.EndOffset);
    }

    internal sealed class LeaderIdAndEpoch
    {
        public int LeaderId = -1;
        public int LeaderEpoch = -1;

        public static Layout<LeaderIdAndEpoch> Layout { get; } = new Layout<LeaderIdAndEpoch>()
            .Int32("12+", m => ref m.LeaderId)
            .Int32("12+", m => ref m.LeaderEpoch);
    }

    internal sealed class AbortedTransaction
    {
        public long ProducerId;
        public long FirstOffset;

        public static Layout<AbortedTransaction> Layout { get; } = new Layout<AbortedTransaction>()
            .Int64("4+", m => ref m.ProducerId)
            .Int64("4+", m => ref m.FirstOffset);
    }

    internal sealed class NodeEndpoint
    {
        public int NodeId;
        public string Host = "";
        public int Port;
        public string? Rack;

        public static Layout<NodeEndpoint> Layout { get; } = new Layout<NodeEndpoint>()
            .Int32("16+", m => ref m.NodeId)
            .String("16+", m => ref m.Host)
            .Int32("16+", m => ref m.Port)
            .NullableString("16+", m => ref m.Rack, "16+");
    }
}
