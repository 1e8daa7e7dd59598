using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;
using AuditIntel.DevStack.Transactions;

namespace AuditIntel.DevStack.Api;

/// <summary>Lists transactional ids, by state, producer or age if asked.</summary>
internal sealed class ListTransactionsApi(BrokerState broker) : ApiHandler<ListTransactionsRequest, ListTransactionsResponse>(ApiKey.ListTransactions, 0, 1)
{
    protected override ValueTask<ListTransactionsResponse?> HandleAsync(
        ListTransactionsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var now = broker.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new ListTransactionsResponse
        {
            UnknownStateFilters = [.. request.StateFilters.Where(s => !Enum.TryParse<TransactionState>(s, out _))],
        };
        foreach (var entry in broker.Transactions.All)
        {
            var state = entry.State.ToString();
            var matches = (request.StateFilters.Count == 0 || request.StateFilters.Contains(state))
                && (request.ProducerIdFilters.Count == 0 || request.ProducerIdFilters.Contains(entry.ProducerId))
                && (request.DurationFilter < 0 || (entry.State == TransactionState.Ongoing && now - entry.StartTimestamp >= request.DurationFilter));
            if (matches)
            {
                response.TransactionStates.Add(new() { TransactionalId = entry.Id, ProducerId = entry.ProducerId, TransactionState = state });
            }
        }

        return new(response);
    }
}
