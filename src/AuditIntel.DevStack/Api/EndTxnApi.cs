using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Commits or aborts a transaction.</summary>
internal sealed class EndTxnApi(BrokerState broker) : ApiHandler<EndTxnRequest, EndTxnResponse>(ApiKey.EndTxn, 0, 3)
{
    protected override ValueTask<EndTxnResponse?> HandleAsync(
        EndTxnRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var error = broker.Transactions.End(request.TransactionalId, request.ProducerId, request.ProducerEpoch, request.Committed);
        return new(new EndTxnResponse { ErrorCode = (short)error.ForVersion(context.Version, 2) });
    }
}
