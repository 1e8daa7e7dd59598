using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Puts the offsets of a group under an open transaction.</summary>
internal sealed class AddOffsetsToTxnApi(BrokerState broker) : ApiHandler<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse>(ApiKey.AddOffsetsToTxn, 0, 3)
{
    protected override ValueTask<AddOffsetsToTxnResponse?> HandleAsync(
        AddOffsetsToTxnRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var partition = broker.Groups.Log.PartitionOf(request.GroupId).Index;
        var error = broker.Transactions.Add(
            request.TransactionalId, request.ProducerId, request.ProducerEpoch, [new TopicPartition(TopicName.Offsets, partition)]);
        return new(new AddOffsetsToTxnResponse { ErrorCode = (short)error.ForVersion(context.Version, 2) });
    }
}
