namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 65, request: tells the state of transactions.</summary>
internal sealed class DescribeTransactionsRequest : IMessage<DescribeTransactionsRequest>
{
    public List<string> TransactionalIds = [];

    public static Layout<DescribeTransactionsRequest> Layout { get; } = new Layout<DescribeTransactionsRequest>(flexibleFrom: 0)
        .Array("0+", m => ref m.TransactionalIds, WireTypes.String);
}

/// <summary>API key 65, response.</summary>
internal sealed class DescribeTransactionsResponse : IMessage<DescribeTransactionsResponse>
{
    public int ThrottleTimeMs;
    public List<TransactionStateEntry> TransactionStates = [];

    public static Layout<DescribeTransactionsResponse> Layout { get; } = new Layout<DescribeTransactionsResponse>(flexibleFrom: 0)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.TransactionStates, TransactionStateEntry.Layout);

    internal sealed class TransactionStateEntry
    {
        public short ErrorCode;
        public string TransactionalId = "";
        public string TransactionState = "";
        public int TransactionTimeoutMs;
        public long TransactionStartTimeMs;
        public long ProducerId;
        public short ProducerEpoch;
        public List<TopicData> Topics = [];

        public static Layout<TransactionStateEntry> Layout { get; } = new Layout<TransactionStateEntry>()
            .Int16("0+", m => ref m.ErrorCode)
            .String("0+", m => ref m.TransactionalId)
            .String("0+", m => ref m.TransactionState)
            .Int32("0+", m => ref m.TransactionTimeoutMs)
            .Int64("0+", m => ref m.TransactionStartTimeMs)
            .Int64("0+", m => ref m.ProducerId)
            .Int16("0+", m => ref m.ProducerEpoch)
            .Array("0+", m => ref m.Topics, TopicData.Layout);
    }

    internal sealed class TopicData
    {
        public string Topic = "";
        public List<int> Partitions = [];

        public static Layout<TopicData> Layout { get; } = new Layout<TopicData>()
            .String("0+", m => ref m.Topic)
            .Array("0+", m => ref m.Partitions, WireTypes.Int32);
    }
}
