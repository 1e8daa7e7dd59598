using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells the state of transactional ids.</summary>
internal sealed class DescribeTransactionsApi(BrokerState broker) : ApiHandler<DescribeTransactionsRequest, DescribeTransactionsResponse>(ApiKey.DescribeTransactions, 0, 0)
{
    protected override ValueTask<DescribeTransactionsResponse?> HandleAsync(
        DescribeTransactionsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new DescribeTransactionsResponse { TransactionStates = [.. request.TransactionalIds.Select(Describe)] });
    }

    private DescribeTransactionsResponse.TransactionStateEntry Describe(string id)
    {
        if (broker.Transactions.Find(id) is not { } entry)
        {
            return new() { TransactionalId = id, ErrorCode = (short)ErrorCode.TransactionalIdNotFound };
        }

        lock (entry.Gate)
        {
            return new()
            {
                TransactionalId = id,
                TransactionState = entry.State.ToString(),
                TransactionTimeoutMs = entry.TimeoutMs,
                TransactionStartTimeMs = entry.StartTimestamp,
                ProducerId = entry.ProducerId,
                ProducerEpoch = entry.Epoch,
                Topics = [.. entry.Partitions.GroupBy(p => p.Topic).Select(g => new DescribeTransactionsResponse.TopicData
                {
                    Topic = g.Key,
                    Partitions = [.. g.Select(p => p.Partition)],
                })],
            };
        }
    }
}
