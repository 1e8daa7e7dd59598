using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Raises the first offset of partitions.</summary>
internal sealed class DeleteRecordsApi(BrokerState broker) : ApiHandler<DeleteRecordsRequest, DeleteRecordsResponse>(ApiKey.DeleteRecords, 0, 2)
{
    protected override ValueTask<DeleteRecordsResponse?> HandleAsync(
        DeleteRecordsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new DeleteRecordsResponse
        {
            Topics = [.. request.Topics.Select(t => new DeleteRecordsResponse.TopicResult
            {
                Name = t.Name,
                Partitions = [.. t.Partitions.Select(p => Delete(t.Name, p))],
            })],
        });
    }

    private DeleteRecordsResponse.PartitionResult Delete(string topic, DeleteRecordsRequest.Partition asked)
    {
        var answer = new DeleteRecordsResponse.PartitionResult { PartitionIndex = asked.PartitionIndex, LowWatermark = -1 };
        if (broker.Catalog.Find(topic)?.Find(asked.PartitionIndex) is not { } partition)
        {
            answer.ErrorCode = (short)ErrorCode.UnknownTopicOrPartition;
        }
        else if (!partition.Log.Settings.Delete)
        {
            answer.ErrorCode = (short)ErrorCode.PolicyViolation;
        }
        else if (partition.Log.DeleteBefore(asked.Offset) is { } start)
        {
            answer.LowWatermark = start;
        }
        else
        {
            answer.ErrorCode = (short)ErrorCode.OffsetOutOfRange;
        }

        return answer;
    }
}
