using System.Collections.Concurrent;
using AuditIntel.Collectors.Sources.Catalogue;

namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>The gates of all hosts. A host's pace is the lowest that a source of it asks for.</summary>
internal sealed class HostGates : IDisposable
{
    private readonly FetchOptions _options;
    private readonly Dictionary<string, double> _paces;
    private readonly ConcurrentDictionary<string, HostGate> _gates = new();

    public HostGates(IEnumerable<SourceDefinition> sources, FetchOptions options)
    {
        _options = options;
        _paces = sources
            .SelectMany(source => Hosts(source).Select(host => (Host: host, source.RequestsPerSecond)))
            .GroupBy(each => each.Host)
            .ToDictionary(group => group.Key, group => group.Min(each => each.RequestsPerSecond));
    }

    /// <summary>The gate of an address; a host that no source names has the pace of the source that was led there.</summary>
    public HostGate Of(Uri address, SourceDefinition source) =>
        _gates.GetOrAdd(Key(address), key => new HostGate(_paces.GetValueOrDefault(key, source.RequestsPerSecond), _options));

    public void Dispose()
    {
        foreach (HostGate gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private static IEnumerable<string> Hosts(SourceDefinition source) =>
        source.Repository is { } repository ? [Key(repository.Api), Key(repository.Raw)] : [Key(source.Url)];

    private static string Key(Uri address) => $"{address.Scheme}://{address.Authority}";
}
