namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 0, request: appends record batches to partitions.</summary>
internal sealed class ProduceRequest : IMessage<ProduceRequest>
{
    public string? TransactionalId;
    public short Acks;
    public int TimeoutMs;
    public List<TopicProduceData> TopicData = [];

    public static Layout<ProduceRequest> Layout { get; } = new Layout<ProduceRequest>(flexibleFrom: 9)
        .NullableString("3+", m => ref m.TransactionalId, "3+")
        .Int16("0+", m => ref m.Acks)
        .Int32("0+", m => ref m.TimeoutMs)
        .Array("0+", m => ref m.TopicData, TopicProduceData.Layout);

    internal sealed class TopicProduceData
    {
        public string Name = "";
        public List<PartitionProduceData> PartitionData = [];

        public static Layout<TopicProduceData> Layout { get; } = new Layout<TopicProduceData>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.PartitionData, PartitionProduceData.Layout);
    }

    internal sealed class PartitionProduceData
    {
        public int Index;
        public RecordsPayload Records;

        public static Layout<PartitionProduceData> Layout { get; } = new Layout<PartitionProduceData>()
            .Int32("0+", m => ref m.Index)
            .Records("0+", m => ref m.Records);
    }
}

/// <summary>API key 0, response.</summary>
internal sealed class ProduceResponse : IMessage<ProduceResponse>
{
    public List<TopicProduceResponse> Responses = [];
    public int ThrottleTimeMs;
    public List<NodeEndpoint> NodeEndpoints = [];

    public static Layout<ProduceResponse> Layout { get; } = new Layout<ProduceResponse>(flexibleFrom: 9)
        .Array("0+", m => ref m.Responses, TopicProduceResponse.Layout)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Array("10+", m => ref m.NodeEndpoints, NodeEndpoint.Layout, tag: 0);

    internal sealed class TopicProduceResponse
    {
        public string Name = "";
        public List<PartitionProduceResponse> PartitionResponses = [];

        public static Layout<TopicProduceResponse> Layout { get; } = new Layout<TopicProduceResponse>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.PartitionResponses, PartitionProduceResponse.Layout);
    }

    internal sealed class PartitionProduceResponse
    {
        public int Index;
        public short ErrorCode;
        public long BaseOffset;
        public long LogAppendTimeMs = -1;
        public long LogStartOffset = -1;
        public List<BatchIndexAndErrorMessage> RecordErrors = [];
        public string? ErrorMessage;
        public LeaderIdAndEpoch? CurrentLeader;

        public static Layout<PartitionProduceResponse> Layout { get; } = new Layout<PartitionProduceResponse>()
            .Int32("0+", m => ref m.Index)
            .Int16("0+", m => ref m.ErrorCode)
            .Int64("0+", m => ref m.BaseOffset)
            .Int64("2+", m => ref m.LogAppendTimeMs)
            .Int64("5+", m => ref m.LogStartOffset)
            .Array("8+", m => ref m.RecordErrors, BatchIndexAndErrorMessage.Layout)
            .NullableString("8+", m => ref m.ErrorMessage, "8+")
            .Struct("10+", m => ref m.CurrentLeader, LeaderIdAndEpoch.Layout, tag: 0);
    }

    internal sealed class BatchIndexAndErrorMessage
    {
        public int BatchIndex;
        public string? BatchIndexErrorMessage;

        public static Layout<BatchIndexAndErrorMessage> Layout { get; } = new Layout<BatchIndexAndErrorMessage>()
            .Int32("8+", m => ref m.BatchIndex)
            .NullableString("8+", m => ref m.BatchIndexErrorMessage, "8+");
    }

    internal sealed class LeaderIdAndEpoch
    {
        public int LeaderId = -1;
        public int LeaderEpoch = -1;

        public static Layout<LeaderIdAndEpoch> Layout { get; } = new Layout<LeaderIdAndEpoch>()
            .Int32("10+", m => ref m.LeaderId)
            .Int32("10+", m => ref m.LeaderEpoch);
    }

    internal sealed class NodeEndpoint
    {
        public int NodeId;
        public string Host = "";
        public int Port;
        public string? Rack;

        public static Layout<NodeEndpoint> Layout { get; } = new Layout<NodeEndpoint>()
            .Int32("10+", m => ref m.NodeId)
            .String("10+", m => ref m.Host)
            .Int32("10+", m => ref m.Port)
            .NullableString("10+", m => ref m.Rack, "10+");
    }
}
