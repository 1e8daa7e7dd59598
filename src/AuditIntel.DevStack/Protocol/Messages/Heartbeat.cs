namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 12, request: a member says that it lives.</summary>
internal sealed class HeartbeatRequest : IMessage<HeartbeatRequest>
{
    public string GroupId = "";
    public int GenerationId;
    public string MemberId = "";
    public string? GroupInstanceId;

    public static Layout<HeartbeatRequest> Layout { get; } = new Layout<HeartbeatRequest>(flexibleFrom: 4)
        .String("0+", m => ref m.GroupId)
        .Int32("0+", m => ref m.GenerationId)
        .String("0+", m => ref m.MemberId)
        .NullableString("3+", m => ref m.GroupInstanceId, "3+");
}

/// <summary>API key 12, response.</summary>
internal sealed class HeartbeatResponse : IMessage<HeartbeatResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;

    public static Layout<HeartbeatResponse> Layout { get; } = new Layout<HeartbeatResponse>(flexibleFrom: 4)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode);
}
