namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 15, request: tells state and members of groups.</summary>
internal sealed class DescribeGroupsRequest : IMessage<DescribeGroupsRequest>
{
    public List<string> Groups = [];
    public bool IncludeAuthorizedOperations;

    public static Layout<DescribeGroupsRequest> Layout { get; } = new Layout<DescribeGroupsRequest>(flexibleFrom: 5)
        .Array("0+", m => ref m.Groups, WireTypes.String)
        .Bool("3+", m => ref m.IncludeAuthorizedOperations);
}

/// <summary>API key 15, response.</summary>
internal sealed class DescribeGroupsResponse : IMessage<DescribeGroupsResponse>
{
    public int ThrottleTimeMs;
    public List<DescribedGroup> Groups = [];

    public static Layout<DescribeGroupsResponse> Layout { get; } = new Layout<DescribeGroupsResponse>(flexibleFrom: 5)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Groups, DescribedGroup.Layout);

    internal sealed class DescribedGroup
    {
        public short ErrorCode;
        public string GroupId = "";
        public string GroupState = "";
        public string ProtocolType = "";
        public string ProtocolData = "";
        public List<DescribedGroupMember> Members = [];
        public int AuthorizedOperations = int.MinValue;

        public static Layout<DescribedGroup> Layout { get; } = new Layout<DescribedGroup>()
            .Int16("0+", m => ref m.ErrorCode)
            .String("0+", m => ref m.GroupId)
            .String("0+", m => ref m.GroupState)
            .String("0+", m => ref m.ProtocolType)
            .String("0+", m => ref m.ProtocolData)
            .Array("0+", m => ref m.Members, DescribedGroupMember.Layout)
            .Int32("3+", m => ref m.AuthorizedOperations);
    }

    internal sealed class DescribedGroupMember
    {
        public string MemberId = "";
        public string? GroupInstanceId;
        public string ClientId = "";
        public string ClientHost = "";
        public ReadOnlyMemory<byte> MemberMetadata;
        public ReadOnlyMemory<byte> MemberAssignment;

        public static Layout<DescribedGroupMember> Layout { get; } = new Layout<DescribedGroupMember>()
            .String("0+", m => ref m.MemberId)
            .NullableString("4+", m => ref m.GroupInstanceId, "4+")
            .String("0+", m => ref m.ClientId)
            .String("0+", m => ref m.ClientHost)
            .Bytes("0+", m => ref m.MemberMetadata)
            .Bytes("0+", m => ref m.MemberAssignment);
    }
}
