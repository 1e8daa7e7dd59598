using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Replaces all settings of topics.</summary>
internal sealed class AlterConfigsApi(BrokerState broker) : ApiHandler<AlterConfigsRequest, AlterConfigsResponse>(ApiKey.AlterConfigs, 0, 2)
{
    protected override ValueTask<AlterConfigsResponse?> HandleAsync(
        AlterConfigsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new AlterConfigsResponse
        {
            Responses = [.. request.Resources.Select(r =>
            {
                var (error, message) = ConfigResource.Alter(
                    broker,
                    r.ResourceType,
                    r.ResourceName,
                    _ => r.Configs.Where(c => c.Value is not null).DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.Value!),
                    request.ValidateOnly);
                return new AlterConfigsResponse.ResourceResponse
                {
                    ResourceType = r.ResourceType,
                    ResourceName = r.ResourceName,
                    ErrorCode = (short)error,
                    ErrorMessage = message,
                };
            })],
        });
    }
}
