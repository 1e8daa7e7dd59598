using System.Globalization;
using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>Pages of a pass that could not be had. One of many is skipped and tried again in the next pass; several in a row end the pass.</summary>
internal sealed class BrokenPages(string source)
{
    private const int MostInARow = 3;

    private int _count;
    private int _inARow;

    public FetchException? First { get; private set; }

    public void Good() => _inARow = 0;

    /// <returns>True to go on.</returns>
    public bool Keep(FetchException fault)
    {
        First ??= fault;
        _count++;
        return ++_inARow < MostInARow && fault.Fault is not (FetchFault.Throttled or FetchFault.CircuitOpen or FetchFault.RobotsUnreachable);
    }

    /// <exception cref="FetchException">A page was broken.</exception>
    public void ThrowIfAny()
    {
        if (First is { } first)
        {
            throw new FetchException(
                first.Fault,
                string.Create(CultureInfo.InvariantCulture, $"{_count} of the pages of {source} cannot be had; the first: {first.Message}"),
                first.RetryAfter,
                first.Status,
                first);
        }
    }
}
