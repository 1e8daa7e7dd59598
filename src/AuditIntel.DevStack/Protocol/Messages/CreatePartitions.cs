namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 37, request: adds partitions to topics.</summary>
internal sealed class CreatePartitionsRequest : IMessage<CreatePartitionsRequest>
{
    public List<Topic> Topics = [];
    public int TimeoutMs;
    public bool ValidateOnly;

    public static Layout<CreatePartitionsRequest> Layout { get; } = new Layout<CreatePartitionsRequest>(flexibleFrom: 2)
        .Array("0+", m => ref m.Topics, Topic.Layout)
        .Int32("0+", m => ref m.TimeoutMs)
        .Bool("0+", m => ref m.ValidateOnly);

    internal sealed class Topic
    {
        public string Name = "";
        public int Count;
        public List<Assignment>? Assignments = [];

        public static Layout<Topic> Layout { get; } = new Layout<Topic>()
            .String("0+", m => ref m.Name)
            .Int32("0+", m => ref m.Count)
            .NullableArray("0+", m => ref m.Assignments, "0+", Assignment.Layout);
    }

    internal sealed class Assignment
    {
        public List<int> BrokerIds = [];

        public static Layout<Assignment> Layout { get; } = new Layout<Assignment>()
            .Array("0+", m => ref m.BrokerIds, WireTypes.Int32);
    }
}

/// <summary>API key 37, response.</summary>
internal sealed class CreatePartitionsResponse : IMessage<CreatePartitionsResponse>
{
    public int ThrottleTimeMs;
    public List<TopicResult> Results = [];

    public static Layout<CreatePartitionsResponse> Layout { get; } = new Layout<CreatePartitionsResponse>(flexibleFrom: 2)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Results, TopicResult.Layout);

    internal sealed class TopicResult
    {
        public string Name = "";
        public short ErrorCode;
        public string? ErrorMessage;

        public static Layout<TopicResult> Layout { get; } = new Layout<TopicResult>()
            .String("0+", m => ref m.Name)
            .Int16("0+", m => ref m.ErrorCode)
            .NullableString("0+", m => ref m.ErrorMessage, "0+");
    }
}
