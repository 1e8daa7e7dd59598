using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Joins a group; the answer comes when the next generation begins.</summary>
internal sealed class JoinGroupApi(BrokerState broker) : ApiHandler<JoinGroupRequest, JoinGroupResponse>(ApiKey.JoinGroup, 0, 9)
{
    protected override async ValueTask<JoinGroupResponse?> HandleAsync(
        JoinGroupRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var session = TimeSpan.FromMilliseconds(request.SessionTimeoutMs);
        var result = await broker.Groups.JoinAsync(request.GroupId, new JoinDemand
        {
            MemberId = request.MemberId,
            InstanceId = request.GroupInstanceId,
            ClientId = context.ClientId,
            ClientHost = context.ClientAddress,
            SessionTimeout = session,
            RebalanceTimeout = request.RebalanceTimeoutMs > 0 ? TimeSpan.FromMilliseconds(request.RebalanceTimeoutMs) : session,
            ProtocolType = request.ProtocolType,
            Protocols = [.. request.Protocols.Select(p => new MemberProtocol(p.Name, p.Metadata.ToArray()))],
            NeedsMemberIdFirst = context.Version >= 4,
            KnowsSkipAssignment = context.Version >= 9,
        }).WaitAsync(cancellationToken).ConfigureAwait(false);
        return new JoinGroupResponse
        {
            ErrorCode = (short)result.Error,
            GenerationId = result.Generation,
            ProtocolType = result.ProtocolType,
            ProtocolName = result.ProtocolName,
            Leader = result.Leader,
            SkipAssignment = result.SkipAssignment,
            MemberId = result.MemberId,
            Members = [.. result.Members.Select(m => new JoinGroupResponse.Member { MemberId = m.Id, GroupInstanceId = m.InstanceId, Metadata = m.Metadata })],
        };
    }
}
