using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Changes single settings of topics: 0 sets, 1 deletes, 2 appends to a list, 3 takes out of it (KIP-339).</summary>
internal sealed class IncrementalAlterConfigsApi(BrokerState broker) : ApiHandler<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(ApiKey.IncrementalAlterConfigs, 0, 1)
{
    protected override ValueTask<IncrementalAlterConfigsResponse?> HandleAsync(
        IncrementalAlterConfigsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new IncrementalAlterConfigsResponse
        {
            Responses = [.. request.Resources.Select(r =>
            {
                var (error, message) = ConfigResource.Alter(broker, r.ResourceType, r.ResourceName, old => Change(old, r.Configs), request.ValidateOnly);
                return new IncrementalAlterConfigsResponse.AlterConfigsResourceResponse
                {
                    ResourceType = r.ResourceType,
                    ResourceName = r.ResourceName,
                    ErrorCode = (short)error,
                    ErrorMessage = message,
                };
            })],
        });
    }

    private static Dictionary<string, string> Change(IReadOnlyDictionary<string, string> old, List<IncrementalAlterConfigsRequest.AlterableConfig> changes)
    {
        var settings = new Dictionary<string, string>(old);
        foreach (var change in changes)
        {
            var parts = (settings.GetValueOrDefault(change.Name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var value = change.Value ?? "";
            switch (change.ConfigOperation)
            {
                case 1:
                    settings.Remove(change.Name);
                    break;
                case 2:
                    settings[change.Name] = string.Join(',', parts.Union(value.Split(',')));
                    break;
                case 3:
                    settings[change.Name] = string.Join(',', parts.Except(value.Split(',')));
                    break;
                default:
                    settings[change.Name] = value;
                    break;
            }
        }

        return settings;
    }
}
