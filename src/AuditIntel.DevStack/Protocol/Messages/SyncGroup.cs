namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 14, request: the leader hands in the assignment, every member takes its own.</summary>
internal sealed class SyncGroupRequest : IMessage<SyncGroupRequest>
{
    public string GroupId = "";
    public int GenerationId;
    public string MemberId = "";
    public string? GroupInstanceId;
    public string? ProtocolType;
    public string? ProtocolName;
    public List<SyncGroupRequestAssignment> Assignments = [];

    public static Layout<SyncGroupRequest> Layout { get; } = new Layout<SyncGroupRequest>(flexibleFrom: 4)
        .String("0+", m => ref m.GroupId)
        .Int32("0+", m => ref m.GenerationId)
        .String("0+", m => ref m.MemberId)
        .NullableString("3+", m => ref m.GroupInstanceId, "3+")
        .NullableString("5+", m => ref m.ProtocolType, "5+")
        .NullableString("5+", m => ref m.ProtocolName, "5+")
        .Array("0+", m => ref m.Assignments, SyncGroupRequestAssignment.Layout);

    internal sealed class SyncGroupRequestAssignment
    {
        public string MemberId = "";
        public ReadOnlyMemory<byte> Assignment;

        public static Layout<SyncGroupRequestAssignment> Layout { get; } = new Layout<SyncGroupRequestAssignment>()
            .String("0+", m => ref m.MemberId)
            .Bytes("0+", m => ref m.Assignment);
    }
}

/// <summary>API key 14, response.</summary>
internal sealed class SyncGroupResponse : IMessage<SyncGroupResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public string? ProtocolType;
    public string? ProtocolName;
    public ReadOnlyMemory<byte> Assignment;

    public static Layout<SyncGroupResponse> Layout { get; } = new Layout<SyncGroupResponse>(flexibleFrom: 4)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .NullableString("5+", m => ref m.ProtocolType, "5+")
        .NullableString("5+", m => ref m.ProtocolName, "5+")
        .Bytes("0+", m => ref m.Assignment);
}
