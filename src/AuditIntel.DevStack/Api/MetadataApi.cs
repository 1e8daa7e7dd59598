using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Describes the one broker and its topics; creates missing topics where client and broker allow it.</summary>
internal sealed class MetadataApi(BrokerState broker) : ApiHandler<MetadataRequest, MetadataResponse>(ApiKey.Metadata, 0, 12)
{
    protected override ValueTask<MetadataResponse?> HandleAsync(
        MetadataRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = new MetadataResponse
        {
            ClusterId = broker.Catalog.ClusterId,
            ControllerId = BrokerState.NodeId,
            Brokers = [new() { NodeId = BrokerState.NodeId, Host = broker.AdvertisedHost, Port = broker.AdvertisedPort }],
        };

        // Before version 1 an empty list asks for all topics, from version 1 on null does.
        if (request.Topics is null || (context.Version == 0 && request.Topics.Count == 0))
        {
            response.Topics.AddRange(broker.Catalog.All.Select(Describe));
        }
        else
        {
            var mayCreate = broker.Options.AutoCreateTopics && (context.Version < 4 || request.AllowAutoTopicCreation);
            response.Topics.AddRange(request.Topics.Select(t => Find(t, mayCreate)));
        }

        return new(response);
    }

    private static MetadataResponse.Topic Describe(Topic topic)
    {
        var described = new MetadataResponse.Topic { Name = topic.Name, TopicId = topic.Id, IsInternal = topic.IsInternal };
        foreach (var partition in topic.Partitions)
        {
            described.Partitions.Add(new()
            {
                PartitionIndex = partition.Index,
                LeaderId = BrokerState.NodeId,
                LeaderEpoch = 0,
                ReplicaNodes = [BrokerState.NodeId],
                IsrNodes = [BrokerState.NodeId],
            });
        }

        return described;
    }

    private MetadataResponse.Topic Find(MetadataRequest.Topic asked, bool mayCreate)
    {
        if (asked.Name is null)
        {
            return broker.Catalog.Find(asked.TopicId) is { } byId
                ? Describe(byId)
                : new() { TopicId = asked.TopicId, ErrorCode = (short)ErrorCode.UnknownTopicId };
        }

        if (broker.Catalog.Find(asked.Name) is { } topic)
        {
            return Describe(topic);
        }

        if (!TopicName.IsValid(asked.Name))
        {
            return new() { Name = asked.Name, ErrorCode = (short)ErrorCode.InvalidTopic };
        }

        if (!mayCreate)
        {
            return new() { Name = asked.Name, ErrorCode = (short)ErrorCode.UnknownTopicOrPartition };
        }

        try
        {
            return Describe(broker.Catalog.GetOrCreate(asked.Name));
        }
        catch (IOException)
        {
            // Clients ask again for a while.
            return new() { Name = asked.Name, ErrorCode = (short)ErrorCode.LeaderNotAvailable };
        }
    }
}
