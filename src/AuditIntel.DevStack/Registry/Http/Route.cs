namespace AuditIntel.DevStack.Registry.Http;

/// <summary>Something that a method and a path lead to.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">As in <c>/subjects/{subject}</c>.</param>
/// <param name="Segments">Of the path; an empty one stands for any.</param>
/// <param name="Handle">Makes the answer.</param>
internal sealed record Route(string Method, string Path, string[] Segments, Func<RegistryRequest, CancellationToken, Task<Answer>> Handle)
{
    /// <summary>The path's segments that stand where the route leaves them open; null when the path is another.</summary>
    public IReadOnlyList<string>? Match(IReadOnlyList<string> path)
    {
        if (path.Count != Segments.Length)
        {
            return null;
        }

        var open = new List<string>();
        for (int i = 0; i < Segments.Length; i++)
        {
            if (Segments[i].Length == 0)
            {
                open.Add(path[i]);
            }
            else if (Segments[i] != path[i])
            {
                return null;
            }
        }

        return open;
    }
}
