using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Forgets offsets of a group without members.</summary>
internal sealed class OffsetDeleteApi(BrokerState broker) : ApiHandler<OffsetDeleteRequest, OffsetDeleteResponse>(ApiKey.OffsetDelete, 0, 0)
{
    protected override ValueTask<OffsetDeleteResponse?> HandleAsync(
        OffsetDeleteRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (broker.Groups.Find(request.GroupId) is not { } group)
        {
            return new(new OffsetDeleteResponse { ErrorCode = (short)ErrorCode.GroupIdNotFound });
        }

        var partitions = request.Topics.SelectMany(t => t.Partitions.Select(p => new TopicPartition(t.Name, p.PartitionIndex))).ToList();

        // Who consumes what stands in the members' own metadata, which only clients read: with members every topic counts as consumed.
        var error = group.Describe().Members.Count > 0 ? ErrorCode.GroupSubscribedToTopic : group.DeleteOffsets(partitions);
        return new(new OffsetDeleteResponse
        {
            Topics = [.. request.Topics.Select(t => new OffsetDeleteResponse.Topic
            {
                Name = t.Name,
                Partitions = [.. t.Partitions.Select(p => new OffsetDeleteResponse.Partition { PartitionIndex = p.PartitionIndex, ErrorCode = (short)error })],
            })],
        });
    }
}
