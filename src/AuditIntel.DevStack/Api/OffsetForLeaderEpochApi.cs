using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells where a leader epoch ended: the one broker has led epoch 0 all the time.</summary>
internal sealed class OffsetForLeaderEpochApi(BrokerState broker) : ApiHandler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>(ApiKey.OffsetForLeaderEpoch, 0, 4)
{
    protected override ValueTask<OffsetForLeaderEpochResponse?> HandleAsync(
        OffsetForLeaderEpochRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new OffsetForLeaderEpochResponse
        {
            Topics = [.. request.Topics.Select(t => new OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult
            {
                Topic = t.Topic,
                Partitions = [.. t.Partitions.Select(p => Find(t.Topic, p))],
            })],
        });
    }

    private OffsetForLeaderEpochResponse.EpochEndOffset Find(string topic, OffsetForLeaderEpochRequest.OffsetForLeaderPartition asked)
    {
        var answer = new OffsetForLeaderEpochResponse.EpochEndOffset { Partition = asked.Partition };
        if (broker.Catalog.Find(topic)?.Find(asked.Partition) is not { } partition)
        {
            answer.ErrorCode = (short)ErrorCode.UnknownTopicOrPartition;
        }
        else if (asked.CurrentLeaderEpoch > 0)
        {
            answer.ErrorCode = (short)ErrorCode.UnknownLeaderEpoch;
        }
        else if (asked.LeaderEpoch == 0)
        {
            answer.LeaderEpoch = 0;
            answer.EndOffset = partition.Log.EndOffset;
        }

        return answer;
    }
}
