using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Removes members.</summary>
internal sealed class LeaveGroupApi(BrokerState broker) : ApiHandler<LeaveGroupRequest, LeaveGroupResponse>(ApiKey.LeaveGroup, 0, 5)
{
    protected override ValueTask<LeaveGroupResponse?> HandleAsync(
        LeaveGroupRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var group = broker.Groups.Find(request.GroupId);
        if (context.Version < 3)
        {
            return new(new LeaveGroupResponse { ErrorCode = (short)(group?.Leave(request.MemberId, null) ?? ErrorCode.UnknownMemberId) });
        }

        return new(new LeaveGroupResponse
        {
            Members = [.. request.Members.Select(m => new LeaveGroupResponse.MemberResponse
            {
                MemberId = m.MemberId,
                GroupInstanceId = m.GroupInstanceId,
                ErrorCode = (short)(group?.Leave(m.MemberId, m.GroupInstanceId) ?? ErrorCode.UnknownMemberId),
            })],
        });
    }
}
