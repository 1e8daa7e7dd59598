using System.Diagnostics;
using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Security;

namespace AuditIntel.DevStack.Api;

/// <summary>Finds the handler of a request.</summary>
internal sealed class ApiTable
{
    private readonly Dictionary<short, ApiHandler> _handlers;
    private readonly ApiVersionsApi _versions;
    private readonly bool _mustAuthenticate;
    private readonly BrokerMetrics _metrics;
    private readonly Action<string, ApiKey, short>? _onRequest;

    public ApiTable(IEnumerable<ApiHandler> handlers, bool mustAuthenticate, BrokerMetrics metrics, Action<string, ApiKey, short>? onRequest)
    {
        _metrics = metrics;
        _mustAuthenticate = mustAuthenticate;
        _onRequest = onRequest;
        _handlers = handlers.ToDictionary(h => (short)h.Key);
        _versions = new ApiVersionsApi(_handlers.Values);
        _handlers[(short)ApiKey.ApiVersions] = _versions;
    }

    public IEnumerable<ApiHandler> Handlers => _handlers.Values;

    /// <summary>Answers one frame.</summary>
    /// <exception cref="ProtocolException">The frame is malformed, or of an API or version that was not announced.</exception>
    public ValueTask<WireWriter?> HandleAsync(Memory<byte> frame, RequestContext context, CancellationToken cancellationToken)
    {
        if (context.ExpectsBareTokens)
        {
            return ValueTask.FromResult<WireWriter?>(AnswerBareToken(frame, context));
        }

        var reader = new WireReader(frame);
        var header = Frame.ReadRequestHeader(ref reader);
        if (!_handlers.TryGetValue(header.Key, out var handler))
        {
            throw new ProtocolException($"API key {header.Key} is not served here; ApiVersions tells which are.");
        }

        if (header.Version < handler.MinVersion || header.Version > handler.MaxVersion)
        {
            // Only ApiVersions can say so in a form that every client reads (KIP-511); after any other the layout of an answer is unknown.
            return handler == _versions
                ? ValueTask.FromResult<WireWriter?>(_versions.Unsupported(header))
                : throw new ProtocolException(
                    $"Version {header.Version} of {handler.Key} is not served here; {handler.MinVersion} to {handler.MaxVersion} are.");
        }

        if (_mustAuthenticate && !context.IsAuthenticated && handler.Key is not (ApiKey.ApiVersions or ApiKey.SaslHandshake or ApiKey.SaslAuthenticate))
        {
            throw new ProtocolException($"{handler.Key} came before authentication; the client must be configured for SASL.");
        }

        context.ClientId = header.ClientId ?? "";
        _onRequest?.Invoke(context.ClientId, handler.Key, header.Version);
        context.Version = header.Version;
        return MeasuredAsync(handler, header, frame, reader.Position, context, cancellationToken);
    }

    private async ValueTask<WireWriter?> MeasuredAsync(
        ApiHandler handler, RequestHeader header, Memory<byte> frame, int bodyStart, RequestContext context, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var response = await handler.HandleAsync(header, frame, bodyStart, context, cancellationToken).ConfigureAwait(false);
        _metrics.Answered(handler.Key, Stopwatch.GetElapsedTime(start));
        return response;
    }

    private static WireWriter AnswerBareToken(Memory<byte> token, RequestContext context)
    {
        try
        {
            var answer = context.Sasl!.Answer(token.Span);
            context.IsAuthenticated = context.Sasl.IsDone;
            context.ExpectsBareTokens = !context.IsAuthenticated;
            var writer = new WireWriter();
            writer.WriteInt32(answer.Length);
            writer.WriteBytes(answer);
            return writer;
        }
        catch (SaslException e)
        {
            // Without a header there is no place for an error: closing the connection is the answer.
            throw new ProtocolException(e.Message);
        }
    }
}
