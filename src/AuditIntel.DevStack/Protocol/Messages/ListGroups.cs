namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 16, request: lists the groups.</summary>
internal sealed class ListGroupsRequest : IMessage<ListGroupsRequest>
{
    public List<string> StatesFilter = [];
    public List<string> TypesFilter = [];

    public static Layout<ListGroupsRequest> Layout { get; } = new Layout<ListGroupsRequest>(flexibleFrom: 3)
        .Array("4+", m => ref m.StatesFilter, WireTypes.String)
        .Array("5+", m => ref m.TypesFilter, WireTypes.String);
}

/// <summary>API key 16, response.</summary>
internal sealed class ListGroupsResponse : IMessage<ListGroupsResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public List<ListedGroup> Groups = [];

    public static Layout<ListGroupsResponse> Layout { get; } = new Layout<ListGroupsResponse>(flexibleFrom: 3)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .Array("0+", m => ref m.Groups, ListedGroup.Layout);

    internal sealed class ListedGroup
    {
        public string GroupId = "";
        public string ProtocolType = "";
        public string GroupState = "";
        public string GroupType = "";

        public static Layout<ListedGroup> Layout { get; } = new Layout<ListedGroup>()
            .String("0+", m => ref m.GroupId)
            .String("0+", m => ref m.ProtocolType)
            .String("4+", m => ref m.GroupState)
            .String("5+", m => ref m.GroupType);
    }
}
