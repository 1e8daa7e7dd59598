using System.Collections.Concurrent;
using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Chain.Nodes;
using AuditIntel.Collectors.Chain.Publishing;
using AuditIntel.Collectors.Publishing;

namespace AuditIntel.Collectors.Tests.Chain.Stack;

/// <summary>A collector at work, stopped when disposed.</summary>
internal sealed class RunningCollector : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ChainPublisher _publisher;
    private readonly TopicSourceCursors _cursors;
    private readonly ChainCollector _collector;
    private volatile ChainProgress? _progress;

    private RunningCollector(ChainCollectorOptions options, ChainPublisher publisher, TopicSourceCursors cursors)
    {
        _publisher = publisher;
        _cursors = cursors;
        _collector = new ChainCollector(options, publisher, cursors, progress => _progress = progress, Warnings.Enqueue);
        Completion = Task.Run(() => _collector.RunAsync(_stop.Token));
    }

    public ConcurrentQueue<string> Warnings { get; } = new();

    public Task Completion { get; }

    public ChainProgress? Progress => _progress;

    public static async Task<RunningCollector> StartAsync(ChainStack stack, ChainCollectorOptions options) =>
        new(options, await stack.PublisherAsync(), await stack.CursorsAsync());

    /// <summary>Options for tests: short pauses, every endpoint as fast as it goes.</summary>
    public static ChainCollectorOptions Options(params Uri[] endpoints) => new()
    {
        Node = new NodeOptions
        {
            Endpoints = endpoints,
            RequestsPerSecond = 0,
            RequestTimeout = TimeSpan.FromSeconds(10),
            FirstPause = TimeSpan.FromMilliseconds(20),
            LongestPause = TimeSpan.FromMilliseconds(200),
            BreakDuration = TimeSpan.FromMilliseconds(500),
        },
        From = 0,
        PollInterval = TimeSpan.FromMilliseconds(50),
        CursorInterval = TimeSpan.Zero,
        StandstillLimit = TimeSpan.FromMinutes(1),
    };

    /// <summary>Waits until the block of that number is taken and its cursor kept.</summary>
    public async Task ReachesAsync(long block)
    {
        await Eventually.IsTrueAsync(
            async () => Completion.IsCompleted
                || (_progress is { } progress
                    && progress.Next > block
                    && (await _cursors.LoadAsync(progress.Source, CancellationToken.None))?.Position > block),
            () => $"Block {block} was not reached: {_progress}; {string.Join(" ", Warnings.TakeLast(10))}");
        if (Completion.IsFaulted)
        {
            await Completion;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _collector.Dispose();
        _publisher.Dispose();
        _cursors.Dispose();
        _stop.Dispose();
    }
}
