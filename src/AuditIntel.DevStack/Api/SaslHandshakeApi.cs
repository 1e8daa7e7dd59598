using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;
using AuditIntel.DevStack.Security;

namespace AuditIntel.DevStack.Api;

/// <summary>Begins the authentication of a connection. After version 0 the messages of the mechanism come without request headers.</summary>
internal sealed class SaslHandshakeApi(BrokerState broker) : ApiHandler<SaslHandshakeRequest, SaslHandshakeResponse>(ApiKey.SaslHandshake, 0, 1)
{
    protected override ValueTask<SaslHandshakeResponse?> HandleAsync(
        SaslHandshakeRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        context.Sasl = broker.Users.Begin(request.Mechanism);
        context.ExpectsBareTokens = context.Version == 0 && context.Sasl is not null;
        return new(new SaslHandshakeResponse
        {
            ErrorCode = (short)(context.Sasl is null ? ErrorCode.UnsupportedSaslMechanism : ErrorCode.None),
            Mechanisms = broker.Users.AreRequired ? [.. SaslUsers.Mechanisms] : [],
        });
    }
}
