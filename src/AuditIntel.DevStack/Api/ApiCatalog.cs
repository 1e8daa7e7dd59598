using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Observability;

namespace AuditIntel.DevStack.Api;

/// <summary>The APIs this broker serves.</summary>
internal static class ApiCatalog
{
    public static ApiTable Create(BrokerState broker, BrokerMetrics metrics) => new(
    [
        new ProduceApi(broker),
        new FetchApi(broker),
        new ListOffsetsApi(broker),
        new MetadataApi(broker),
        new OffsetCommitApi(broker),
        new OffsetFetchApi(broker),
        new FindCoordinatorApi(broker),
        new JoinGroupApi(broker),
        new HeartbeatApi(broker),
        new LeaveGroupApi(broker),
        new SyncGroupApi(broker),
        new CreateTopicsApi(broker),
        new InitProducerIdApi(broker),
        new AddPartitionsToTxnApi(broker),
        new AddOffsetsToTxnApi(broker),
        new EndTxnApi(broker),
        new TxnOffsetCommitApi(broker),
        new DeleteTopicsApi(broker),
        new DeleteRecordsApi(broker),
        new CreatePartitionsApi(broker),
        new DescribeClusterApi(broker),
        new ListGroupsApi(broker),
        new DescribeGroupsApi(broker),
        new DeleteGroupsApi(broker),
        new OffsetDeleteApi(broker),
        new OffsetForLeaderEpochApi(broker),
        new DescribeConfigsApi(broker),
        new AlterConfigsApi(broker),
        new IncrementalAlterConfigsApi(broker),
        new DescribeLogDirsApi(broker),
        new DescribeProducersApi(broker),
        new DescribeTransactionsApi(broker),
        new ListTransactionsApi(broker),
        new DescribeAclsApi(),
        new SaslHandshakeApi(broker),
        new SaslAuthenticateApi(broker),
    ],
        broker.Users.AreRequired,
        metrics,
        broker.Options.OnRequest);
}
