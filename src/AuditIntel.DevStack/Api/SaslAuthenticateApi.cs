using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;
using AuditIntel.DevStack.Security;

namespace AuditIntel.DevStack.Api;

/// <summary>Carries the messages of the mechanism that the handshake chose.</summary>
internal sealed class SaslAuthenticateApi(BrokerState broker)
    : ApiHandler<SaslAuthenticateRequest, SaslAuthenticateResponse>(ApiKey.SaslAuthenticate, 0, 2)
{
    protected override ValueTask<SaslAuthenticateResponse?> HandleAsync(
        SaslAuthenticateRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (context.Sasl is null || !broker.Users.AreRequired)
        {
            return new(new SaslAuthenticateResponse { ErrorCode = (short)ErrorCode.IllegalSaslState, ErrorMessage = "SaslHandshake comes first." });
        }

        try
        {
            var answer = context.Sasl.Answer(request.AuthBytes.Span);
            context.IsAuthenticated = context.Sasl.IsDone;
            return new(new SaslAuthenticateResponse { AuthBytes = answer });
        }
        catch (SaslException e)
        {
            context.Sasl = null;
            context.IsAuthenticated = false;
            return new(new SaslAuthenticateResponse { ErrorCode = (short)ErrorCode.SaslAuthenticationFailed, ErrorMessage = e.Message });
        }
    }
}
