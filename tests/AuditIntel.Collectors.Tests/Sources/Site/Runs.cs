using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Running;

namespace AuditIntel.Collectors.Tests.Sources.Site;

/// <summary>Runs of local sites with short pauses.</summary>
internal static class Runs
{
    public static SourceRunOptions Options { get; } = new()
    {
        Fetch = new FetchOptions { MaxAttempts = 2, FirstPause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(20), BreakDuration = TimeSpan.FromSeconds(1) },
        CursorInterval = TimeSpan.Zero,
        FirstFailurePause = TimeSpan.FromMilliseconds(100),
        StartSpread = TimeSpan.Zero,
        Once = true,
        Seed = 7,
    };

    public static IReadOnlyList<SourceDefinition> Sources(params string[] entries)
    {
        SourceCatalogue catalogue = SourceCatalogue.Parse("test.yaml", "extends: none\nsources:\n" + string.Concat(entries));
        Assert.Empty(catalogue.Faults);
        return catalogue.Sources;
    }

    public static Task<IReadOnlyList<SourceStatus>> OnceAsync(
        IReadOnlyList<SourceDefinition> sources, ISourceOutput output, ISourceCursors cursors, CancellationToken cancellationToken = default) =>
        new SourceCollector(sources, output, cursors, Options).RunAsync(cancellationToken);
}
