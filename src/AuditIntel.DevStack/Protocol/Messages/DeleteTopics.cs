namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 20, request: deletes topics.</summary>
internal sealed class DeleteTopicsRequest : IMessage<DeleteTopicsRequest>
{
    public List<DeleteTopicState> Topics = [];
    public List<string> TopicNames = [];
    public int TimeoutMs;

    public static Layout<DeleteTopicsRequest> Layout { get; } = new Layout<DeleteTopicsRequest>(flexibleFrom: 4)
        .Array("6+", m => ref m.Topics, DeleteTopicState.Layout)
        .Array("0-5", m => ref m.TopicNames, WireTypes.String)
        .Int32("0+", m => ref m.TimeoutMs);

    internal sealed class DeleteTopicState
    {
        public string? Name;
        public Guid TopicId;

        public static Layout<DeleteTopicState> Layout { get; } = new Layout<DeleteTopicState>()
            .NullableString("6+", m => ref m.Name, "6+")
            .Uuid("6+", m => ref m.TopicId);
    }
}

/// <summary>API key 20, response.</summary>
internal sealed class DeleteTopicsResponse : IMessage<DeleteTopicsResponse>
{
    public int ThrottleTimeMs;
    public List<DeletableTopicResult> Responses = [];

    public static Layout<DeleteTopicsResponse> Layout { get; } = new Layout<DeleteTopicsResponse>(flexibleFrom: 4)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Responses, DeletableTopicResult.Layout);

    internal sealed class DeletableTopicResult
    {
        public string? Name;
        public Guid TopicId;
        public short ErrorCode;
        public string? ErrorMessage;

        public static Layout<DeletableTopicResult> Layout { get; } = new Layout<DeletableTopicResult>()
            .NullableString("0+", m => ref m.Name, "6+")
            .Uuid("6+", m => ref m.TopicId)
            .Int16("0+", m => ref m.ErrorCode)
            .NullableString("5+", m => ref m.ErrorMessage, "5+");
    }
}
