namespace AuditIntel.DevStack.Security;

/// <summary>The exchange of one SASL mechanism on one connection.</summary>
internal abstract class SaslConversation
{
    public bool IsDone { get; protected set; }

    /// <summary>Takes the client's next message and answers it.</summary>
    /// <exception cref="SaslException">The client is not who it says, or does not follow the mechanism.</exception>
    public abstract byte[] Answer(ReadOnlySpan<byte> message);
}
