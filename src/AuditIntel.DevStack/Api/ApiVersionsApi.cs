using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>Tells what this broker speaks.</summary>
internal sealed class ApiVersionsApi(IEnumerable<ApiHandler> handlers)
    : ApiHandler<ApiVersionsRequest, ApiVersionsResponse>(ApiKey.ApiVersions, 0, 3)
{
    /// <summary>The answer to a version that is too new: in the layout of version 0, which every client reads.</summary>
    public WireWriter Unsupported(RequestHeader header)
    {
        var answer = Answer();
        answer.ErrorCode = (short)ErrorCode.UnsupportedVersion;
        return Frame.Response(Key, 0, header.Correlation, answer);
    }

    protected override ValueTask<ApiVersionsResponse?> HandleAsync(
        ApiVersionsRequest request, RequestContext context, CancellationToken cancellationToken) => new(Answer());

    private ApiVersionsResponse Answer()
    {
        var response = new ApiVersionsResponse();
        foreach (var handler in handlers.OrderBy(h => h.Key))
        {
            response.ApiKeys.Add(new() { ApiKey = (short)handler.Key, MinVersion = handler.MinVersion, MaxVersion = handler.MaxVersion });
        }

        return response;
    }
}
