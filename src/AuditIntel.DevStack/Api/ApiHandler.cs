using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Api;

/// <summary>One API key: the versions this broker speaks and what it does with a request.</summary>
internal abstract class ApiHandler(ApiKey key, short minVersion, short maxVersion)
{
    public ApiKey Key { get; } = key;

    public short MinVersion { get; } = minVersion;

    public short MaxVersion { get; } = maxVersion;

    /// <summary>Decodes, handles and encodes. Null means that the client wants no answer.</summary>
    /// <param name="header">The header, already read.</param>
    /// <param name="frame">The whole frame; the handler may change record bytes inside it.</param>
    /// <param name="bodyStart">Where the rest of the header and the message begin.</param>
    /// <param name="context">The connection.</param>
    /// <param name="cancellationToken">Ends waits when the broker stops.</param>
    public abstract ValueTask<WireWriter?> HandleAsync(
        RequestHeader header, Memory<byte> frame, int bodyStart, RequestContext context, CancellationToken cancellationToken);
}

internal abstract class ApiHandler<TRequest, TResponse>(ApiKey key, short minVersion, short maxVersion)
    : ApiHandler(key, minVersion, maxVersion)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    public sealed override async ValueTask<WireWriter?> HandleAsync(
        RequestHeader header, Memory<byte> frame, int bodyStart, RequestContext context, CancellationToken cancellationToken)
    {
        var request = Decode(header, frame, bodyStart);
        var response = await HandleAsync(request, context, cancellationToken).ConfigureAwait(false);
        return response is null ? null : Frame.Response(Key, header.Version, header.Correlation, response);
    }

    protected abstract ValueTask<TResponse?> HandleAsync(TRequest request, RequestContext context, CancellationToken cancellationToken);

    private static TRequest Decode(RequestHeader header, Memory<byte> frame, int bodyStart)
    {
        var reader = new WireReader(frame);
        reader.Skip(bodyStart);
        if (TRequest.Layout.IsFlexible(header.Version))
        {
            Frame.SkipTaggedFields(ref reader);
        }

        return TRequest.Layout.Read(ref reader, header.Version);
    }
}
