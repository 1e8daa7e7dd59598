using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Stores group offsets that count when the transaction commits; a stale member or generation is refused (KIP-447).</summary>
internal sealed class TxnOffsetCommitApi(BrokerState broker) : ApiHandler<TxnOffsetCommitRequest, TxnOffsetCommitResponse>(ApiKey.TxnOffsetCommit, 0, 3)
{
    protected override ValueTask<TxnOffsetCommitResponse?> HandleAsync(
        TxnOffsetCommitRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var now = broker.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var offsets = new Dictionary<TopicPartition, CommittedOffset>();
        foreach (var topic in request.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                offsets[new(topic.Name, partition.PartitionIndex)] =
                    new(partition.CommittedOffset, partition.CommittedLeaderEpoch, partition.CommittedMetadata ?? "", now);
            }
        }

        var error = broker.Groups.GetOrAdd(request.GroupId).CommitPending(
            request.MemberId, request.GroupInstanceId, request.GenerationId, request.ProducerId, request.ProducerEpoch, offsets);
        return new(new TxnOffsetCommitResponse
        {
            Topics = [.. request.Topics.Select(t => new TxnOffsetCommitResponse.Topic
            {
                Name = t.Name,
                Partitions = [.. t.Partitions.Select(p => new TxnOffsetCommitResponse.Partition { PartitionIndex = p.PartitionIndex, ErrorCode = (short)error })],
            })],
        });
    }
}
