namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 13, request: members leave a group.</summary>
internal sealed class LeaveGroupRequest : IMessage<LeaveGroupRequest>
{
    public string GroupId = "";
    public string MemberId = "";
    public List<MemberIdentity> Members = [];

    public static Layout<LeaveGroupRequest> Layout { get; } = new Layout<LeaveGroupRequest>(flexibleFrom: 4)
        .String("0+", m => ref m.GroupId)
        .String("0-2", m => ref m.MemberId)
        .Array("3+", m => ref m.Members, MemberIdentity.Layout);

    internal sealed class MemberIdentity
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public string? Reason;

        public static Layout<MemberIdentity> Layout { get; } = new Layout<MemberIdentity>()
            .String("3+", m => ref m.MemberId)
            .NullableString("3+", m => ref m.GroupInstanceId, "3+")
            .NullableString("5+", m => ref m.Reason, "5+");
    }
}

/// <summary>API key 13, response.</summary>
internal sealed class LeaveGroupResponse : IMessage<LeaveGroupResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public List<MemberResponse> Members = [];

    public static Layout<LeaveGroupResponse> Layout { get; } = new Layout<LeaveGroupResponse>(flexibleFrom: 4)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .Array("3+", m => ref m.Members, MemberResponse.Layout);

    internal sealed class MemberResponse
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public short ErrorCode;

        public static Layout<MemberResponse> Layout { get; } = new Layout<MemberResponse>()
            .String("3+", m => ref m.MemberId)
            .NullableString("3+", m => ref m.GroupInstanceId, "3+")
            .Int16("3+", m => ref m.ErrorCode);
    }
}
