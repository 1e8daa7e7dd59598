namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 36, request: carries the messages of the chosen SASL mechanism.</summary>
internal sealed class SaslAuthenticateRequest : IMessage<SaslAuthenticateRequest>
{
    public ReadOnlyMemory<byte> AuthBytes;

    public static Layout<SaslAuthenticateRequest> Layout { get; } = new Layout<SaslAuthenticateRequest>(flexibleFrom: 2)
        .Bytes("0+", m => ref m.AuthBytes);
}

/// <summary>API key 36, response.</summary>
internal sealed class SaslAuthenticateResponse : IMessage<SaslAuthenticateResponse>
{
    public short ErrorCode;
    public string? ErrorMessage;
    public ReadOnlyMemory<byte> AuthBytes;
    public long SessionLifetimeMs;

    public static Layout<SaslAuthenticateResponse> Layout { get; } = new Layout<SaslAuthenticateResponse>(flexibleFrom: 2)
        .Int16("0+", m => ref m.ErrorCode)
        .NullableString("0+", m => ref m.ErrorMessage, "0+")
        .Bytes("0+", m => ref m.AuthBytes)
        .Int64("1+", m => ref m.SessionLifetimeMs);
}
