using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Stores how far a group has consumed.</summary>
internal sealed class OffsetCommitApi(BrokerState broker) : ApiHandler<OffsetCommitRequest, OffsetCommitResponse>(ApiKey.OffsetCommit, 2, 8)
{
    protected override ValueTask<OffsetCommitResponse?> HandleAsync(
        OffsetCommitRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var now = broker.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new OffsetCommitResponse();
        var offsets = new Dictionary<TopicPartition, CommittedOffset>();
        foreach (var topic in request.Topics)
        {
            var answered = new OffsetCommitResponse.Topic { Name = topic.Name };
            foreach (var partition in topic.Partitions)
            {
                var metadata = partition.CommittedMetadata ?? "";
                var error = broker.Catalog.Find(topic.Name)?.Find(partition.PartitionIndex) is null ? ErrorCode.UnknownTopicOrPartition
                    : metadata.Length > broker.Groups.Options.MaxOffsetMetadataBytes ? ErrorCode.OffsetMetadataTooLarge
                    : ErrorCode.None;
                if (error == ErrorCode.None)
                {
                    offsets[new(topic.Name, partition.PartitionIndex)] = new(partition.CommittedOffset, partition.CommittedLeaderEpoch, metadata, now);
                }

                answered.Partitions.Add(new() { PartitionIndex = partition.PartitionIndex, ErrorCode = (short)error });
            }

            response.Topics.Add(answered);
        }

        var refused = request.GroupId.Length == 0
            ? ErrorCode.InvalidGroupId
            : broker.Groups.GetOrAdd(request.GroupId).Commit(request.MemberId, request.GroupInstanceId, request.GenerationIdOrMemberEpoch, offsets);
        if (refused != ErrorCode.None)
        {
            response.Topics.ForEach(t => t.Partitions.ForEach(p => p.ErrorCode = p.ErrorCode == 0 ? (short)refused : p.ErrorCode));
        }

        return new(response);
    }
}
