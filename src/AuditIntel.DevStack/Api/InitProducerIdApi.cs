using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Gives ids to idempotent producers, and to transactional ones the id of their transactional id with a new epoch.</summary>
internal sealed class InitProducerIdApi(BrokerState broker)
    : ApiHandler<InitProducerIdRequest, InitProducerIdResponse>(ApiKey.InitProducerId, 0, 4)
{
    protected override ValueTask<InitProducerIdResponse?> HandleAsync(
        InitProducerIdRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (request.TransactionalId is null)
        {
            return new(broker.ProducerIds.Next() is { } id
                ? new InitProducerIdResponse { ProducerId = id, ProducerEpoch = 0 }
                : new InitProducerIdResponse { ErrorCode = (short)ErrorCode.CoordinatorNotAvailable, ProducerId = -1, ProducerEpoch = -1 });
        }

        var result = broker.Transactions.Init(
            request.TransactionalId, request.TransactionTimeoutMs, request.ProducerId, request.ProducerEpoch);
        return new(new InitProducerIdResponse
        {
            ErrorCode = (short)result.Error.ForVersion(context.Version, 4),
            ProducerId = result.ProducerId,
            ProducerEpoch = result.ProducerEpoch,
        });
    }
}
