using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Lists the groups, in given states if asked.</summary>
internal sealed class ListGroupsApi(BrokerState broker) : ApiHandler<ListGroupsRequest, ListGroupsResponse>(ApiKey.ListGroups, 0, 4)
{
    protected override ValueTask<ListGroupsResponse?> HandleAsync(
        ListGroupsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = new ListGroupsResponse();
        foreach (var group in broker.Groups.All)
        {
            var description = group.Describe();
            var state = description.State.ToString();
            if (description.State != GroupState.Dead && (request.StatesFilter.Count == 0 || request.StatesFilter.Contains(state)))
            {
                response.Groups.Add(new() { GroupId = group.Id, ProtocolType = description.ProtocolType, GroupState = state });
            }
        }

        return new(response);
    }
}
