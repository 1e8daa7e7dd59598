namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 24, request: puts partitions under an open transaction.</summary>
internal sealed class AddPartitionsToTxnRequest : IMessage<AddPartitionsToTxnRequest>
{
    public string TransactionalId = "";
    public long ProducerId;
    public short ProducerEpoch;
    public List<Topic> Topics = [];

    public static Layout<AddPartitionsToTxnRequest> Layout { get; } = new Layout<AddPartitionsToTxnRequest>(flexibleFrom: 3)
        .String("0+", m => ref m.TransactionalId)
        .Int64("0+", m => ref m.ProducerId)
        .Int16("0+", m => ref m.ProducerEpoch)
        .Array("0+", m => ref m.Topics, Topic.Layout);

    internal sealed class Topic
    {
        public string Name = "";
        public List<int> Partitions = [];

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.Partitions, WireTypes.Int32);
    }
}

/// <summary>API key 24, response.</summary>
internal sealed class AddPartitionsToTxnResponse : IMessage<AddPartitionsToTxnResponse>
{
    public int ThrottleTimeMs;
    public List<TopicResult> Topics = [];

    public static Layout<AddPartitionsToTxnResponse> Layout { get; } = new Layout<AddPartitionsToTxnResponse>(flexibleFrom: 3)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Topics, TopicResult.Layout);

    internal sealed class TopicResult
    {
        public string Name = "";
        public List<PartitionResult> ResultsByPartition = [];

        public static Layout<TopicResult> Layout { get; } = new Layout<TopicResult>()
            .String("0+", m => ref m.Name)
            .Array("0+", m => ref m.ResultsByPartition, PartitionResult.Layout);
    }

    internal sealed class PartitionResult
    {
        public int PartitionIndex;
        public short PartitionErrorCode;

        public static Layout<PartitionResult> Layout { get; } = new Layout<PartitionResult>()
            .Int32("0+", m => ref m.PartitionIndex)
            .Int16("0+", m => ref m.PartitionErrorCode);
    }
}
