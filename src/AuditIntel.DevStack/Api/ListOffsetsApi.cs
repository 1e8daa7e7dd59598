using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Finds offsets: -1 the next one (the last stable one for read_committed), -2 the first, -3 the greatest timestamp, else by time.</summary>
internal sealed class ListOffsetsApi(BrokerState broker) : ApiHandler<ListOffsetsRequest, ListOffsetsResponse>(ApiKey.ListOffsets, 1, 7)
{
    private const long Latest = -1;
    private const long Earliest = -2;
    private const long MaxTimestamp = -3;

    protected override ValueTask<ListOffsetsResponse?> HandleAsync(
        ListOffsetsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = new ListOffsetsResponse();
        foreach (var topic in request.Topics)
        {
            var answered = new ListOffsetsResponse.TopicResponse { Name = topic.Name };
            foreach (var partition in topic.Partitions)
            {
                answered.Partitions.Add(Find(topic.Name, partition, request.IsolationLevel == 1));
            }

            response.Topics.Add(answered);
        }

        return new(response);
    }

    private ListOffsetsResponse.PartitionResponse Find(string topic, ListOffsetsRequest.Partition asked, bool committed)
    {
        var answer = new ListOffsetsResponse.PartitionResponse { PartitionIndex = asked.PartitionIndex };
        if (broker.Catalog.Find(topic)?.Find(asked.PartitionIndex) is not { } partition)
        {
            answer.ErrorCode = (short)ErrorCode.UnknownTopicOrPartition;
            return answer;
        }

        var log = partition.Log;
        answer.LeaderEpoch = 0;
        switch (asked.Timestamp)
        {
            case Latest:
                answer.Offset = committed ? log.LastStableOffset : log.EndOffset;
                break;
            case Earliest:
                answer.Offset = log.StartOffset;
                break;
            default:
                var found = asked.Timestamp == MaxTimestamp ? log.FindMaxTimestamp() : log.FindByTime(asked.Timestamp);
                if (found is { } at && at.Offset < (committed ? log.LastStableOffset : log.EndOffset))
                {
                    (answer.Offset, answer.Timestamp) = at;
                }

                break;
        }

        return answer;
    }
}
