namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 61, request: tells the producers active in partitions.</summary>
internal sealed class DescribeProducersRequest : IMessage<DescribeProducersRequest>
{
    public List<TopicRequest> Topics = [];

    public static Layout<DescribeProducersRequest> Layout { get; } = new Layout<DescribeProducersRequest>(flexibleFrom: 0)
        .Array("0+", m => ref m.Topics, TopicRequest.Layout);

    internal sealed class TopicRequest
    {
        public string Name = "";
        public List<int> PartitionIndexes = [];

        public static Layout<TopicRequest> Layout { get; } = new Layout<TopicRequest>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.PartitionIndexes, WireTypes.Int32);
    }
}

/// <summary>API key 61, response.</summary>
internal sealed class DescribeProducersResponse : IMessage<DescribeProducersResponse>
{
    public int ThrottleTimeMs;
    public List<TopicResponse> Topics = [];

    public static Layout<DescribeProducersResponse> Layout { get; } = new Layout<DescribeProducersResponse>(flexibleFrom: 0)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Topics, TopicResponse.Layout);

    internal sealed class TopicResponse
    {
        public string Name = "";
        public List<PartitionResponse> Partitions = [];

        public static Layout<TopicResponse> Layout { get; } = new Layout<TopicResponse>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.Partitions, PartitionResponse.Layout);
    }

    internal sealed class PartitionResponse
    {
        public int PartitionIndex;
        public short ErrorCode;
        public string? ErrorMessage;
        public List<ProducerState> ActiveProducers = [];

        public static Layout<PartitionResponse> Layout { get; } = new Layout<PartitionResponse>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int16("0+", m => ref m.ErrorCode)
            .NullableString("0+", m => ref m.ErrorMessage, "0+")
            .Array("0+", m => ref m.ActiveProducers, ProducerState.Layout);
    }

    internal sealed class ProducerState
    {
        public long ProducerId;
        public int ProducerEpoch;
        public int LastSequence = -1;
        public long LastTimestamp = -1;
        public int CoordinatorEpoch;
        public long CurrentTxnStartOffset = -1;

        public static Layout<ProducerState> Layout { get; } = new Layout<ProducerState>()
            .Int64("0+", m => ref m.ProducerId)
            .Int32("0+", m => ref m.ProducerEpoch)
            .Int32("0+", m => ref m.LastSequence)
            .Int64("0+", m => ref m.LastTimestamp)
            .Int32("0+", m => ref m.CoordinatorEpoch)
            .Int64("0+", m => ref m.CurrentTxnStartOffset);
    }
}
