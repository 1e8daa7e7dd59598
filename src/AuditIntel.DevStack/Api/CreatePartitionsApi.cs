using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Adds partitions to topics.</summary>
internal sealed class CreatePartitionsApi(BrokerState broker) : ApiHandler<CreatePartitionsRequest, CreatePartitionsResponse>(ApiKey.CreatePartitions, 0, 3)
{
    protected override ValueTask<CreatePartitionsResponse?> HandleAsync(
        CreatePartitionsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = new CreatePartitionsResponse();
        foreach (var asked in request.Topics)
        {
            var topic = broker.Catalog.Find(asked.Name);
            var (error, message) = topic is null ? (ErrorCode.UnknownTopicOrPartition, null)
                : topic.IsInternal ? (ErrorCode.InvalidTopic, "The partitions of the broker's own topics are fixed.")
                : asked.Count <= topic.Partitions.Length ? (ErrorCode.InvalidPartitions, $"Topic '{asked.Name}' has {topic.Partitions.Length} partitions already.")
                : asked.Count > TopicCatalog.MaxPartitions ? (ErrorCode.InvalidPartitions, $"At most {TopicCatalog.MaxPartitions} partitions are possible.")
                : (ErrorCode.None, (string?)null);
            if (error == ErrorCode.None && !request.ValidateOnly)
            {
                try
                {
                    broker.Catalog.AddPartitions(topic!, asked.Count);
                }
                catch (IOException e)
                {
                    (error, message) = (ErrorCode.KafkaStorageError, e.Message);
                }
            }

            response.Results.Add(new() { Name = asked.Name, ErrorCode = (short)error, ErrorMessage = message });
        }

        return new(response);
    }
}
