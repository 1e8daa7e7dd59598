using AuditIntel.DevStack.Security;

namespace AuditIntel.DevStack.Api;

/// <summary>What a handler knows of the request beyond its message. One instance lives as long as its connection.</summary>
internal sealed class RequestContext
{
    public string ClientAddress { get; init; } = "";

    public string ClientId { get; set; } = "";

    public short Version { get; set; }

    public bool IsAuthenticated { get; set; }

    /// <value>The next frames are messages of the mechanism itself (handshake version 0).</value>
    public bool ExpectsBareTokens { get; set; }

    /// <value>The exchange under way, once the client has chosen a mechanism.</value>
    public SaslConversation? Sasl { get; set; }
}
