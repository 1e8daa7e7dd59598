using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells the producers that partitions know.</summary>
internal sealed class DescribeProducersApi(BrokerState broker) : ApiHandler<DescribeProducersRequest, DescribeProducersResponse>(ApiKey.DescribeProducers, 0, 0)
{
    protected override ValueTask<DescribeProducersResponse?> HandleAsync(
        DescribeProducersRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new DescribeProducersResponse
        {
            Topics = [.. request.Topics.Select(t => new DescribeProducersResponse.TopicResponse
            {
                Name = t.Name,
                Partitions = [.. t.PartitionIndexes.Select(p => Describe(t.Name, p))],
            })],
        });
    }

    private DescribeProducersResponse.PartitionResponse Describe(string topic, int index)
    {
        if (broker.Catalog.Find(topic)?.Find(index) is not { } partition)
        {
            return new() { PartitionIndex = index, ErrorCode = (short)ErrorCode.UnknownTopicOrPartition };
        }

        return new()
        {
            PartitionIndex = index,
            ActiveProducers = [.. partition.Log.Producers().Select(p => new DescribeProducersResponse.ProducerState
            {
                ProducerId = p.ProducerId,
                ProducerEpoch = p.Epoch,
                LastSequence = p.LastSequence,
                LastTimestamp = p.LastTimestamp,
                CoordinatorEpoch = 0,
                CurrentTxnStartOffset = p.OpenTransactionOffset ?? -1,
            })],
        };
    }
}
