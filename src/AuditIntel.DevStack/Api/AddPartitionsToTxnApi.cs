using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Puts partitions under an open transaction.</summary>
internal sealed class AddPartitionsToTxnApi(BrokerState broker) : ApiHandler<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse>(ApiKey.AddPartitionsToTxn, 0, 3)
{
    protected override ValueTask<AddPartitionsToTxnResponse?> HandleAsync(
        AddPartitionsToTxnRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var partitions = request.Topics.SelectMany(t => t.Partitions.Select(p => new TopicPartition(t.Name, p))).ToList();
        var unknown = partitions.Where(p => broker.Catalog.Find(p.Topic)?.Find(p.Partition) is null).ToHashSet();
        var error = unknown.Count > 0
            ? ErrorCode.OperationNotAttempted
            : broker.Transactions.Add(request.TransactionalId, request.ProducerId, request.ProducerEpoch, partitions).ForVersion(context.Version, 2);
        var response = new AddPartitionsToTxnResponse();
        foreach (var topic in request.Topics)
        {
            response.Topics.Add(new()
            {
                Name = topic.Name,
                ResultsByPartition = [.. topic.Partitions.Select(p => new AddPartitionsToTxnResponse.PartitionResult
                {
                    PartitionIndex = p,
                    PartitionErrorCode = (short)(unknown.Contains(new(topic.Name, p)) ? ErrorCode.UnknownTopicOrPartition : error),
                })],
            });
        }

        return new(response);
    }
}
