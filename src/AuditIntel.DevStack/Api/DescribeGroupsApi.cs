using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells state and members of groups; an unknown one is dead.</summary>
internal sealed class DescribeGroupsApi(BrokerState broker) : ApiHandler<DescribeGroupsRequest, DescribeGroupsResponse>(ApiKey.DescribeGroups, 0, 5)
{
    protected override ValueTask<DescribeGroupsResponse?> HandleAsync(
        DescribeGroupsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = new DescribeGroupsResponse();
        foreach (var id in request.Groups)
        {
            var description = broker.Groups.Find(id)?.Describe() ?? new GroupDescription(GroupState.Dead, "", "", []);
            response.Groups.Add(new()
            {
                GroupId = id,
                GroupState = description.State.ToString(),
                ProtocolType = description.ProtocolType,
                ProtocolData = description.Protocol,
                Members = [.. description.Members.Select(m => new DescribeGroupsResponse.DescribedGroupMember
                {
                    MemberId = m.Id,
                    GroupInstanceId = m.InstanceId,
                    ClientId = m.ClientId,
                    ClientHost = "/" + m.ClientHost,
                    MemberMetadata = m.Metadata,
                    MemberAssignment = m.Assignment,
                })],
            });
        }

        return new(response);
    }
}
