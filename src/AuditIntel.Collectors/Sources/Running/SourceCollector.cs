using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>Runs sources side by side, each in a loop of its own: one that fails disturbs no other.</summary>
public sealed class SourceCollector
{
    private readonly IReadOnlyList<SourceDefinition> _sources;
    private readonly ISourceOutput _output;
    private readonly ISourceCursors _cursors;
    private readonly SourceRunOptions _options;
    private readonly Action<SourceStatus>? _onStatus;

    /// <param name="sources">What to collect.</param>
    /// <param name="output">Where records go.</param>
    /// <param name="cursors">Where each source goes on.</param>
    /// <param name="options">How.</param>
    /// <param name="onStatus">Hears of every change; may be called from several threads at once.</param>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public SourceCollector(
        IReadOnlyList<SourceDefinition> sources, ISourceOutput output, ISourceCursors cursors, SourceRunOptions options, Action<SourceStatus>? onStatus = null)
    {
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        (_sources, _output, _cursors, _options, _onStatus) = (sources, output, cursors, options, onStatus);
    }

    /// <summary>Runs until it is cancelled, or with <see cref="SourceRunOptions.Once"/> until every source had its pass.</summary>
    /// <returns>How each source ended.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<IReadOnlyList<SourceStatus>> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, AuditIntel.Contracts.SourceCursor> cursors =
            await _cursors.LoadAllAsync(SourceState.AllCursors, cancellationToken).ConfigureAwait(false);
        using var gates = new HostGates(_sources, _options.Fetch);
        using var places = new SemaphoreSlim(_options.MaxParallel);
        var random = _options.Seed is { } seed ? new Random(seed) : new Random();
        SourceLoop[] loops =
        [
            .. _sources.Select(source => new SourceLoop(
                source, _options, _output, _cursors, gates, places, SourceState.Of(cursors.GetValueOrDefault(SourceState.CursorOf(source.Id))), new Random(random.Next()), _onStatus)),
        ];
        try
        {
            await Task.WhenAll(loops.Select(loop => Task.Run(() => loop.RunAsync(cancellationToken), CancellationToken.None))).ConfigureAwait(false);
            return [.. loops.Select(loop => loop.Status)];
        }
        finally
        {
            foreach (SourceLoop loop in loops)
            {
                loop.Dispose();
            }
        }
    }
}
