using AuditIntel.DevStack.Broker;

namespace AuditIntel.DevStack.Api;

/// <summary>The APIs this broker serves.</summary>
internal static class ApiCatalog
{
    public static ApiTable Create(BrokerState broker) => new(
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
    ]);
}
