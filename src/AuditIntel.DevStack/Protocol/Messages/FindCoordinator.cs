namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 10, request: tells which broker coordinates a group or a transactional id.</summary>
internal sealed class FindCoordinatorRequest : IMessage<FindCoordinatorRequest>
{
    public string Key = "";
    public sbyte KeyType;
    public List<string> CoordinatorKeys = [];

    public static Layout<FindCoordinatorRequest> Layout { get; } = new Layout<FindCoordinatorRequest>(flexibleFrom: 3)
        .String("0-3", m => ref m.Key)
        .Int8("1+", m => ref m.KeyType)
        .Array("4+", m => ref m.CoordinatorKeys, WireTypes.String);
}

/// <summary>API key 10, response.</summary>
internal sealed class FindCoordinatorResponse : IMessage<FindCoordinatorResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public string? ErrorMessage;
    public int NodeId;
    public string Host = "";
    public int Port;
    public List<Coordinator> Coordinators = [];

    public static Layout<FindCoordinatorResponse> Layout { get; } = new Layout<FindCoordinatorResponse>(flexibleFrom: 3)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Int16("0-3", m => ref m.ErrorCode)
        .NullableString("1-3", m => ref m.ErrorMessage, "1-3")
        .Int32("0-3", m => ref m.NodeId)
        .String("0-3", m => ref m.Host)
        .Int32("0-3", m => ref m.Port)
        .Array("4+", m => ref m.Coordinators, Coordinator.Layout);

    internal sealed class Coordinator
    {
        public string Key = "";
        public int NodeId;
        public string Host = "";
        public int Port;
        public short ErrorCode;
        public string? ErrorMessage;

        public static Layout<Coordinator> Layout { get; } = new Layout<Coordinator>()
            .String("4+", m => ref m.Key)
            .Int32("4+", m => ref m.NodeId)
            .String("4+", m => ref m.Host)
            .Int32("4+", m => ref m.Port)
            .Int16("4+", m => ref m.ErrorCode)
            .NullableString("4+", m => ref m.ErrorMessage, "4+");
    }
}
