namespace AuditIntel.Collectors;

/// <summary>A piece that cannot be taken; becomes a dead letter.</summary>
public sealed class CollectionException(string errorClass, string message, byte[] payload, long payloadLength) : Exception(message)
{
    /// <summary>One of <see cref="CollectionError"/>.</summary>
    public string ErrorClass { get; } = errorClass;

    /// <summary>The piece's bytes, perhaps cut.</summary>
    public byte[] Payload { get; } = payload;

    /// <summary>Length before any cut, in bytes.</summary>
    public long PayloadLength { get; } = payloadLength;
}
