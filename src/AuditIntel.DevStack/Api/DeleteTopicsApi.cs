using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Deletes topics by name or id.</summary>
internal sealed class DeleteTopicsApi(BrokerState broker) : ApiHandler<DeleteTopicsRequest, DeleteTopicsResponse>(ApiKey.DeleteTopics, 0, 6)
{
    protected override ValueTask<DeleteTopicsResponse?> HandleAsync(
        DeleteTopicsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var asked = context.Version >= 6
            ? request.Topics.Select(t => (t.Name, t.TopicId))
            : request.TopicNames.Select(n => ((string?)n, Guid.Empty));
        var response = new DeleteTopicsResponse();
        foreach (var (name, id) in asked)
        {
            response.Responses.Add(Delete(name, id));
        }

        return new(response);
    }

    private DeleteTopicsResponse.DeletableTopicResult Delete(string? name, Guid id)
    {
        var topic = name is null ? broker.Catalog.Find(id) : broker.Catalog.Find(name);
        var error = topic is null ? (name is null ? ErrorCode.UnknownTopicId : ErrorCode.UnknownTopicOrPartition)
            : topic.IsInternal ? ErrorCode.InvalidTopic
            : ErrorCode.None;
        if (error == ErrorCode.None)
        {
            try
            {
                broker.Catalog.Delete(topic!);
                broker.Groups.ForgetTopic(topic!.Name);
            }
            catch (IOException)
            {
                error = ErrorCode.KafkaStorageError;
            }
        }

        return new() { Name = topic?.Name ?? name, TopicId = topic?.Id ?? id, ErrorCode = (short)error };
    }
}
