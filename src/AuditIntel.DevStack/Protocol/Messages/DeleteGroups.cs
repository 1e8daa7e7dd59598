namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 42, request: deletes empty groups.</summary>
internal sealed class DeleteGroupsRequest : IMessage<DeleteGroupsRequest>
{
    public List<string> GroupsNames = [];

    public static Layout<DeleteGroupsRequest> Layout { get; } = new Layout<DeleteGroupsRequest>(flexibleFrom: 2)
        .Array("0+", m => ref m.GroupsNames, WireTypes.String);
}

/// <summary>API key 42, response.</summary>
internal sealed class DeleteGroupsResponse : IMessage<DeleteGroupsResponse>
{
    public int ThrottleTimeMs;
    public List<DeletableGroupResult> Results = [];

    public static Layout<DeleteGroupsResponse> Layout { get; } = new Layout<DeleteGroupsResponse>(flexibleFrom: 2)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Results, DeletableGroupResult.Layout);

    internal sealed class DeletableGroupResult
    {
        public string GroupId = "";
        public short ErrorCode;

        public static Layout<DeletableGroupResult> Layout { get; } = new Layout<DeletableGroupResult>()
            .String("0+", m => ref m.GroupId)
            .Int16("0+", m => ref m.ErrorCode);
    }
}
