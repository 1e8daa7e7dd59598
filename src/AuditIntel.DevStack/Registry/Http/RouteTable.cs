namespace AuditIntel.DevStack.Registry.Http;

/// <summary>
/// Routes by the raw path: a subject may hold any character, a slash too, and only the request line as it came tells an escaped slash from one that
/// separates.
/// </summary>
internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    public IReadOnlyList<Route> Routes => _routes;

    /// <param name="method">In capitals.</param>
    /// <param name="path">As in <c>/subjects/{subject}</c>; names in braces stand for any segment.</param>
    /// <param name="handle">Makes the answer.</param>
    public void Map(string method, string path, Func<RegistryRequest, CancellationToken, Task<Answer>> handle) =>
        _routes.Add(new Route(method, path, [.. Split(path).Select(segment => segment.StartsWith('{') ? "" : segment)], handle));

    public void Get(string path, Func<RegistryRequest, Answer> handle) => Map("GET", path, (request, _) => Task.FromResult(handle(request)));

    /// <exception cref="RegistryException">No route has that path, or none that method.</exception>
    public (Route Route, IReadOnlyList<string> Open) Find(string method, string rawPath)
    {
        string[] path = [.. Split(rawPath).Select(Uri.UnescapeDataString)];
        bool known = false;
        foreach (Route route in _routes)
        {
            if (route.Match(path) is { } open)
            {
                known = true;
                if (route.Method == (method == "HEAD" ? "GET" : method))
                {
                    return (route, open);
                }
            }
        }

        throw known ? RegistryException.Http(405, "Method Not Allowed") : RegistryException.Http(404, "Not Found");
    }

    private static string[] Split(string target)
    {
        // A proxy's request line may hold the whole address.
        string path = target.StartsWith('/') || !Uri.TryCreate(target, UriKind.Absolute, out Uri? address) ? target : address.PathAndQuery;
        int query = path.IndexOf('?', StringComparison.Ordinal);
        string[] segments = (query < 0 ? path : path[..query]).Split('/');
        return segments is [_, .., ""] ? segments[1..^1] : segments[1..];
    }
}
