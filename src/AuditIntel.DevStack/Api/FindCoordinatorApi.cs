using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>The one broker coordinates everything.</summary>
internal sealed class FindCoordinatorApi(BrokerState broker)
    : ApiHandler<FindCoordinatorRequest, FindCoordinatorResponse>(ApiKey.FindCoordinator, 0, 4)
{
    protected override ValueTask<FindCoordinatorResponse?> HandleAsync(
        FindCoordinatorRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var known = request.KeyType is 0 or 1;
        var error = known ? ErrorCode.None : ErrorCode.InvalidRequest;
        var message = known ? null : $"Key type {request.KeyType} is neither 0 (group) nor 1 (transaction).";
        var response = new FindCoordinatorResponse
        {
            ErrorCode = (short)error,
            ErrorMessage = message,
            NodeId = BrokerState.NodeId,
            Host = broker.AdvertisedHost,
            Port = broker.AdvertisedPort,
        };
        foreach (var key in request.CoordinatorKeys)
        {
            response.Coordinators.Add(new()
            {
                Key = key,
                NodeId = BrokerState.NodeId,
                Host = broker.AdvertisedHost,
                Port = broker.AdvertisedPort,
                ErrorCode = (short)error,
                ErrorMessage = message,
            });
        }

        return new(response);
    }
}
