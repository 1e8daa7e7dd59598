using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Keeps a member alive and tells it of a rebalance.</summary>
internal sealed class HeartbeatApi(BrokerState broker) : ApiHandler<HeartbeatRequest, HeartbeatResponse>(ApiKey.Heartbeat, 0, 4)
{
    protected override ValueTask<HeartbeatResponse?> HandleAsync(
        HeartbeatRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var error = broker.Groups.Find(request.GroupId)?.Heartbeat(request.MemberId, request.GroupInstanceId, request.GenerationId)
            ?? ErrorCode.UnknownMemberId;
        return new(new HeartbeatResponse { ErrorCode = (short)error });
    }
}
