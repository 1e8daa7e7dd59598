using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells the settings of topics and of the broker.</summary>
internal sealed class DescribeConfigsApi(BrokerState broker) : ApiHandler<DescribeConfigsRequest, DescribeConfigsResponse>(ApiKey.DescribeConfigs, 0, 4)
{
    protected override ValueTask<DescribeConfigsResponse?> HandleAsync(
        DescribeConfigsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new DescribeConfigsResponse { Results = [.. request.Resources.Select(r => Describe(r, request.IncludeSynonyms))] });
    }

    private DescribeConfigsResponse.Result Describe(DescribeConfigsRequest.Resource asked, bool synonyms)
    {
        var result = new DescribeConfigsResponse.Result { ResourceType = asked.ResourceType, ResourceName = asked.ResourceName };
        IEnumerable<TopicSetting> settings;
        switch (asked.ResourceType)
        {
            case ConfigResource.Topic when broker.Catalog.Find(asked.ResourceName) is { } topic:
                settings = TopicConfig.Describe(topic.Settings);
                break;
            case ConfigResource.Topic:
                result.ErrorCode = (short)ErrorCode.UnknownTopicOrPartition;
                return result;
            case ConfigResource.Broker:
                settings = BrokerConfig.Describe(broker.Options);
                break;
            default:
                result.ErrorCode = (short)ErrorCode.InvalidRequest;
                result.ErrorMessage = $"Resource type {asked.ResourceType} has no settings here.";
                return result;
        }

        foreach (var setting in settings.Where(s => asked.ConfigurationKeys is not { Count: > 0 } keys || keys.Contains(s.Name)))
        {
            result.Configs.Add(new()
            {
                Name = setting.Name,
                Value = setting.Value,
                ReadOnly = asked.ResourceType == ConfigResource.Broker,
                IsDefault = setting.Source == ConfigSource.Default,
                ConfigSource = (sbyte)setting.Source,
                ConfigType = setting.Type,
                Synonyms = synonyms ? [new() { Name = setting.Name, Value = setting.Value, Source = (sbyte)setting.Source }] : [],
            });
        }

        return result;
    }
}
