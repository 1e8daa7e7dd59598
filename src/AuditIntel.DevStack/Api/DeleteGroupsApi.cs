using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Deletes groups that have no members.</summary>
internal sealed class DeleteGroupsApi(BrokerState broker) : ApiHandler<DeleteGroupsRequest, DeleteGroupsResponse>(ApiKey.DeleteGroups, 0, 2)
{
    protected override ValueTask<DeleteGroupsResponse?> HandleAsync(
        DeleteGroupsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new DeleteGroupsResponse
        {
            Results = [.. request.GroupsNames.Select(id => new DeleteGroupsResponse.DeletableGroupResult
            {
                GroupId = id,
                ErrorCode = (short)broker.Groups.Delete(id),
            })],
        });
    }
}
