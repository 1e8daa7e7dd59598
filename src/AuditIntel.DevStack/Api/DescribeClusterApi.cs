using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells the one broker.</summary>
internal sealed class DescribeClusterApi(BrokerState broker) : ApiHandler<DescribeClusterRequest, DescribeClusterResponse>(ApiKey.DescribeCluster, 0, 1)
{
    protected override ValueTask<DescribeClusterResponse?> HandleAsync(
        DescribeClusterRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new DescribeClusterResponse
        {
            ClusterId = broker.Catalog.ClusterId,
            ControllerId = BrokerState.NodeId,
            Brokers = [new() { BrokerId = BrokerState.NodeId, Host = broker.AdvertisedHost, Port = broker.AdvertisedPort }],
        });
    }
}
