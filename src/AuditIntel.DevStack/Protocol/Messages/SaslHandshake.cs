namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 17, request: chooses a SASL mechanism.</summary>
internal sealed class SaslHandshakeRequest : IMessage<SaslHandshakeRequest>
{
    public string Mechanism = "";

    public static Layout<SaslHandshakeRequest> Layout { get; } = new Layout<SaslHandshakeRequest>()
        .String("0+", m => ref m.Mechanism);
}

/// <summary>API key 17, response.</summary>
internal sealed class SaslHandshakeResponse : IMessage<SaslHandshakeResponse>
{
    public short ErrorCode;
    public List<string> Mechanisms = [];

    public static Layout<SaslHandshakeResponse> Layout { get; } = new Layout<SaslHandshakeResponse>()
        .Int16("0+", m => ref m.ErrorCode)
        .Array("0+", m => ref m.Mechanisms, WireTypes.String);
}
