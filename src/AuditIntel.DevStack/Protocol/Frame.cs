namespace AuditIntel.DevStack.Protocol;

/// <summary>
/// Frames: four bytes of length, a request or response header, the message. Requests are encoded here for clients and decoded for the
/// broker, responses the other way round.
/// </summary>
internal static class Frame
{
    public static RequestHeader ReadRequestHeader(ref WireReader reader)
    {
        var key = reader.ReadInt16();
        var version = reader.ReadInt16();
        var correlation = reader.ReadInt32();
        var length = reader.ReadLength(compact: false, wide: false);
        return new(key, version, correlation, length < 0 ? null : reader.ReadText(length));
    }

    /// <summary>Steps over the tagged fields that end the header of a flexible message.</summary>
    public static void SkipTaggedFields(ref WireReader reader)
    {
        var count = reader.ReadUnsignedVarint();
        for (uint i = 0; i < count; i++)
        {
            reader.ReadUnsignedVarint();
            reader.Skip((int)Math.Min(reader.ReadUnsignedVarint(), int.MaxValue));
        }
    }

    /// <summary>The whole frame of a request. The caller disposes it when it is sent.</summary>
    public static WireWriter Request<TRequest>(ApiKey key, short version, int correlation, string? clientId, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
    {
        var writer = new WireWriter();
        writer.WriteInt32(0);
        writer.WriteInt16((short)key);
        writer.WriteInt16(version);
        writer.WriteInt32(correlation);
        WireTypes.NullableString.Write(writer, clientId, new(version, Flexible: false, Nullable: true));
        if (TRequest.Layout.IsFlexible(version))
        {
            writer.WriteUnsignedVarint(0);
        }

        TRequest.Layout.Write(writer, request, version);
        writer.CompleteFrame();
        return writer;
    }

    /// <summary>The whole frame of a response. The caller disposes it when it is sent.</summary>
    public static WireWriter Response<TResponse>(ApiKey key, short version, int correlation, TResponse response)
        where TResponse : class, IMessage<TResponse>, new()
    {
        var writer = new WireWriter();
        writer.WriteInt32(0);
        writer.WriteInt32(correlation);
        if (HasTaggedHeader(key) && TResponse.Layout.IsFlexible(version))
        {
            writer.WriteUnsignedVarint(0);
        }

        TResponse.Layout.Write(writer, response, version);
        writer.CompleteFrame();
        return writer;
    }

    /// <summary>Reads a response from a frame without its length.</summary>
    public static TResponse ReadResponse<TResponse>(ApiKey key, short version, int correlation, ReadOnlyMemory<byte> frame)
        where TResponse : class, IMessage<TResponse>, new()
    {
        var reader = new WireReader(frame);
        var answered = reader.ReadInt32();
        if (answered != correlation)
        {
            throw new ProtocolException($"The response carries correlation id {answered}, {correlation} was expected.");
        }

        if (HasTaggedHeader(key) && TResponse.Layout.IsFlexible(version))
        {
            SkipTaggedFields(ref reader);
        }

        return TResponse.Layout.Read(ref reader, version);
    }

    // A client must be able to read the answer to ApiVersions before it knows what the broker speaks (KIP-511).
    private static bool HasTaggedHeader(ApiKey key) => key != ApiKey.ApiVersions;
}
