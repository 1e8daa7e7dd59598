namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 11, request: a member joins a group or takes part in its rebalance.</summary>
internal sealed class JoinGroupRequest : IMessage<JoinGroupRequest>
{
    public string GroupId = "";
    public int SessionTimeoutMs;
    public int RebalanceTimeoutMs = -1;
    public string MemberId = "";
    public string? GroupInstanceId;
    public string ProtocolType = "";
    public List<Protocol> Protocols = [];
    public string? Reason;

    public static Layout<JoinGroupRequest> Layout { get; } = new Layout<JoinGroupRequest>(flexibleFrom: 6)
        .String("0+", m => ref m.GroupId)
        .Int32("0+", m => ref m.SessionTimeoutMs)
        .Int32("1+", m => ref m.RebalanceTimeoutMs)
        .String("0+", m => ref m.MemberId)
        .NullableString("5+", m => ref m.GroupInstanceId, "5+")
        .String("0+", m => ref m.ProtocolType)
        .Array("0+", m => ref m.Protocols, Protocol.Layout)
        .NullableString("8+", m => ref m.Reason, "8+");

    internal sealed class Protocol
    {
        public string Name = "";
        public ReadOnlyMemory<byte> Metadata;

        public static Layout<Protocol> Layout { get; } = new Layout<Protocol>()
            .String("0+", m => ref m.Name)
            .Bytes("0+", m => ref m.Metadata);
    }
}

/// <summary>API key 11, response.</summary>
internal sealed class JoinGroupResponse : IMessage<JoinGroupResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public int GenerationId = -1;
    public string? ProtocolType;
    public string? ProtocolName;
    public string Leader = "";
    public bool SkipAssignment;
    public string MemberId = "";
    public List<Member> Members = [];

    public static Layout<JoinGroupResponse> Layout { get; } = new Layout<JoinGroupResponse>(flexibleFrom: 6)
        .Int32("2+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .Int32("0+", m => ref m.GenerationId)
        .NullableString("7+", m => ref m.ProtocolType, "7+")
        .NullableString("0+", m => ref m.ProtocolName, "7+")
        .String("0+", m => ref m.Leader)
        .Bool("9+", m => ref m.SkipAssignment)
        .String("0+", m => ref m.MemberId)
        .Array("0+", m => ref m.Members, Member.Layout);

    internal sealed class Member
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public ReadOnlyMemory<byte> Metadata;

        public static Layout<Member> Layout { get; } = new Layout<Member>()
            .String("0+", m => ref m.MemberId)
            .NullableString("5+", m => ref m.GroupInstanceId, "5+")
            .Bytes("0+", m => ref m.Metadata);
    }
}
