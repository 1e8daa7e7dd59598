using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Creates topics with their configuration.</summary>
internal sealed class CreateTopicsApi(BrokerState broker) : ApiHandler<CreateTopicsRequest, CreateTopicsResponse>(ApiKey.CreateTopics, 0, 7)
{
    protected override ValueTask<CreateTopicsResponse?> HandleAsync(
        CreateTopicsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var response = new CreateTopicsResponse();
        foreach (var topic in request.Topics)
        {
            response.Topics.Add(Create(topic, request.ValidateOnly));
        }

        return new(response);
    }

    private static CreateTopicsResponse.CreatableTopicResult Failed(string name, ErrorCode error, string message) =>
        new() { Name = name, ErrorCode = (short)error, ErrorMessage = message, Configs = null };

    private CreateTopicsResponse.CreatableTopicResult Create(CreateTopicsRequest.CreatableTopic asked, bool validateOnly)
    {
        if (!TopicName.IsValid(asked.Name))
        {
            return Failed(asked.Name, ErrorCode.InvalidTopic, TopicName.Rule);
        }

        if (broker.Catalog.Find(asked.Name) is not null)
        {
            return Failed(asked.Name, ErrorCode.TopicAlreadyExists, $"Topic '{asked.Name}' already exists.");
        }

        if (asked.ReplicationFactor is not (-1 or 1) && asked.Assignments.Count == 0)
        {
            return Failed(asked.Name, ErrorCode.InvalidReplicationFactor, $"Replication factor {asked.ReplicationFactor} needs more than this one broker.");
        }

        var partitions = asked.Assignments.Count > 0 ? asked.Assignments.Count : asked.NumPartitions == -1 ? broker.Options.DefaultPartitions : asked.NumPartitions;
        if (partitions is < 1 or > TopicCatalog.MaxPartitions)
        {
            return Failed(asked.Name, ErrorCode.InvalidPartitions, $"{partitions} partitions are not possible; 1 to {TopicCatalog.MaxPartitions} are.");
        }

        var settings = new Dictionary<string, string>();
        foreach (var entry in asked.Configs)
        {
            if (TopicConfig.Problem(entry.Name, entry.Value) is { } problem)
            {
                return Failed(asked.Name, ErrorCode.InvalidConfig, problem);
            }

            settings[entry.Name] = entry.Value!;
        }

        var id = Guid.Empty;
        if (!validateOnly)
        {
            try
            {
                if (broker.Catalog.TryCreate(asked.Name, partitions, settings) is not { } created)
                {
                    return Failed(asked.Name, ErrorCode.TopicAlreadyExists, $"Topic '{asked.Name}' already exists.");
                }

                id = created.Id;
            }
            catch (IOException e)
            {
                return Failed(asked.Name, ErrorCode.KafkaStorageError, e.Message);
            }
        }

        return new()
        {
            Name = asked.Name,
            TopicId = id,
            NumPartitions = partitions,
            ReplicationFactor = 1,
            Configs = [.. TopicConfig.Describe(settings).Select(s => new CreateTopicsResponse.CreatableTopicConfig
            {
                Name = s.Name, Value = s.Value, ConfigSource = (sbyte)s.Source, IsSensitive = false, ReadOnly = false,
            })],
        };
    }
}
