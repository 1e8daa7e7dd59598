using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Hands in the assignments of the leader and waits for one's own.</summary>
internal sealed class SyncGroupApi(BrokerState broker) : ApiHandler<SyncGroupRequest, SyncGroupResponse>(ApiKey.SyncGroup, 0, 5)
{
    protected override async ValueTask<SyncGroupResponse?> HandleAsync(
        SyncGroupRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (broker.Groups.Find(request.GroupId) is not { } group)
        {
            return new SyncGroupResponse { ErrorCode = (short)ErrorCode.UnknownMemberId };
        }

        // A member named twice gets the later assignment, as with Kafka.
        var assignments = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        request.Assignments.ForEach(a => assignments[a.MemberId] = a.Assignment.ToArray());
        var result = await group.SyncAsync(
            request.MemberId, request.GroupInstanceId, request.GenerationId, request.ProtocolType, request.ProtocolName, assignments)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return new SyncGroupResponse
        {
            ErrorCode = (short)result.Error,
            ProtocolType = result.ProtocolType,
            ProtocolName = result.ProtocolName,
            Assignment = result.Assignment,
        };
    }
}
