using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Forgets offsets of topics to which no member of the group subscribes.</summary>
internal sealed class OffsetDeleteApi(BrokerState broker) : ApiHandler<OffsetDeleteRequest, OffsetDeleteResponse>(ApiKey.OffsetDelete, 0, 0)
{
    protected override ValueTask<OffsetDeleteResponse?> HandleAsync(
        OffsetDeleteRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (broker.Groups.Find(request.GroupId) is not { } group)
        {
            return new(new OffsetDeleteResponse { ErrorCode = (short)ErrorCode.GroupIdNotFound });
        }

        var subscribed = group.SubscribedTopics();
        var errors = new Dictionary<string, ErrorCode>();
        foreach (var topic in request.Topics)
        {
            // A group whose members are not consumers may use whatever topic: nothing is deleted under it.
            errors[topic.Name] = subscribed?.Contains(topic.Name) != false
                ? ErrorCode.GroupSubscribedToTopic
                : group.DeleteOffsets([.. topic.Partitions.Select(p => new TopicPartition(topic.Name, p.PartitionIndex))]);
        }

        return new(new OffsetDeleteResponse
        {
            Topics = [.. request.Topics.Select(t => new OffsetDeleteResponse.Topic
            {
                Name = t.Name,
                Partitions = [.. t.Partitions.Select(p => new OffsetDeleteResponse.Partition { PartitionIndex = p.PartitionIndex, ErrorCode = (short)errors[t.Name] })],
            })],
        });
    }
}
