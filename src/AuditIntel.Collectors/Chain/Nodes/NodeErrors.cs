using System.Globalization;
using System.Net;
using AuditIntel.Collectors.Chain.JsonRpc;

namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>
/// Tells what a refusal means. JSON-RPC 2.0 and EIP-1474 give codes to some; for the rest providers only have words, so the words that they
/// are known to use are looked for.
/// </summary>
internal static class NodeErrors
{
    private const long MethodNotFound = -32601;
    private const long MethodNotSupported = -32004;
    private const long LimitExceeded = -32005;
    private const long TooManyRequests = 429;

    private static readonly string[] LargeWords =
    [
        "too large", "too big", "batch size", "batch limit", "too many results", "response size", "block range", "max range", "range limit",
        "exceeds the range", "more than", "query timeout", "batch of", "batch request", "batches", "batching", "payload",
    ];

    private static readonly string[] RateWords =
        ["rate limit", "too many requests", "request rate", "throughput", "compute units", "capacity exceeded", "daily request", "requests per second", "credits"];

    private static readonly string[] MissingWords = ["method not found", "does not exist", "not supported", "unsupported method", "not available", "unknown method"];

    private static readonly string[] NotThereWords = ["header not found", "unknown block", "block not found", "not yet available", "missing trie node", "after last accepted"];

    public static NodeErrorKind KindOf(RpcError error) =>
        error.Code is TooManyRequests || Holds(error, RateWords) ? NodeErrorKind.RateLimited
        : Holds(error, LargeWords) ? NodeErrorKind.TooLarge
        : error.Code is LimitExceeded ? NodeErrorKind.RateLimited
        : Holds(error, NotThereWords) ? NodeErrorKind.NotThere
        : error.Code is MethodNotFound or MethodNotSupported || Holds(error, MissingWords) ? NodeErrorKind.MethodMissing
        : NodeErrorKind.Refused;

    /// <param name="status">Status of an answer that is no success.</param>
    /// <param name="calls">Calls in the request.</param>
    public static NodeErrorKind KindOf(HttpStatusCode status, int calls) => status switch
    {
        HttpStatusCode.TooManyRequests => NodeErrorKind.RateLimited,
        HttpStatusCode.RequestEntityTooLarge => NodeErrorKind.TooLarge,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.PaymentRequired => NodeErrorKind.Refused,
        HttpStatusCode.RequestTimeout => NodeErrorKind.Unreachable,
        >= HttpStatusCode.InternalServerError => NodeErrorKind.Unreachable,

        // A node that takes no lists answers a list with 400 or the like.
        _ => calls > 1 ? NodeErrorKind.TooLarge : NodeErrorKind.Refused,
    };

    public static NodeException Of(string endpoint, RpcError error, string method) => new(
        KindOf(error), string.Create(CultureInfo.InvariantCulture, $"{endpoint} refuses {method} with error {error.Code}: {error.Message}"));

    private static bool Holds(RpcError error, string[] words) => Array.Exists(words, word => error.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
