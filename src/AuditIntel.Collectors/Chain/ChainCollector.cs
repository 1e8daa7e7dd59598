using System.Globalization;
using AuditIntel.Collectors.Chain.Following;
using AuditIntel.Collectors.Chain.JsonRpc;
using AuditIntel.Collectors.Chain.Nodes;
using AuditIntel.Collectors.Chain.Publishing;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain;

/// <summary>
/// Takes a chain's blocks from its nodes onto the topics, in order, from where it stopped last time; takes back what a reorganisation
/// orphans. At least once: after a crash the newest blocks may be sent again, with the same keys and ids. For one run.
/// </summary>
public sealed partial class ChainCollector : IDisposable
{
    private readonly ChainCollectorOptions _options;
    private readonly ChainPublisher _publisher;
    private readonly ISourceCursors _cursors;
    private readonly Action<ChainProgress>? _onProgress;
    private readonly Action<string>? _onWarning;
    private readonly ChainNode _node;
    private readonly WakeUp _wakeUp;
    private BlockWindow _window = new([]);
    private UnsettledBlocks _unsettled = new([]);
    private IReadOnlyList<TopicOffset> _cursorOffsets = [];
    private string _source = "";
    private long _chainId;
    private long _first;
    private long _next;
    private long _target = -1;
    private long _head = -1;
    private long _blocks;
    private long _transactions;
    private long _deadLetters;
    private long _reorganisations;
    private long _retracted;
    private DateTimeOffset _cursorKeptAt;
    private DateTimeOffset _movedAt;

    /// <param name="options">What to collect.</param>
    /// <param name="publisher">Where it goes; for this collector alone.</param>
    /// <param name="cursors">Where the position is kept.</param>
    /// <param name="onProgress">Hears of each step, on the collector's thread.</param>
    /// <param name="onWarning">Hears of passing trouble; may be called from any thread.</param>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public ChainCollector(
        ChainCollectorOptions options, ChainPublisher publisher, ISourceCursors cursors, Action<ChainProgress>? onProgress, Action<string>? onWarning)
    {
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _options = options;
        _publisher = publisher;
        _cursors = cursors;
        _onProgress = onProgress;
        _onWarning = onWarning;
        _node = new ChainNode(options.Node, options.FutureTolerance, onWarning);
        _wakeUp = new WakeUp(options.Clock);
    }

    /// <summary>Runs until the last block is taken, or until it is told to stop.</summary>
    /// <exception cref="NodeException">No endpoint serves the chain.</exception>
    /// <exception cref="TimeoutException">A range stands still.</exception>
    /// <exception cref="Kafka.KafkaFailureException">Records could not be delivered.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task heads = _options.Node.WebSocket is { } socket
            ? new NewHeads(socket, _wakeUp, _options.Clock, _onWarning).RunAsync(stop.Token)
            : Task.CompletedTask;
        try
        {
            _movedAt = _options.Clock.GetUtcNow();
            await PersistAsync(StartAsync, cancellationToken).ConfigureAwait(false);
            while (_options.To is not { } last || _next <= last)
            {
                bool moved = await PersistAsync(StepAsync, cancellationToken).ConfigureAwait(false);
                if (!moved)
                {
                    await _wakeUp.WaitAsync(_options.PollInterval, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await heads.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _node.Dispose();

    /// <summary>Does a step again and again while nodes fail; for a range only until the standstill limit.</summary>
    private async Task<bool> PersistAsync(Func<CancellationToken, Task<bool>> step, CancellationToken cancellationToken)
    {
        while (true)
        {
            long before = _next;
            try
            {
                bool moved = await step(cancellationToken).ConfigureAwait(false);
                ThrowIfStandingStill(moved || _next != before, null);
                return moved;
            }
            catch (NodeException e) when (IsPassing(e))
            {
                _onWarning?.Invoke(e.Message);
                ThrowIfStandingStill(_next != before, e);
            }

            await _wakeUp.WaitAsync(_options.PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A refusal before anything was ever answered is the user's to mend, such as a missing API key.</summary>
    private bool IsPassing(NodeException e) => e.Kind != NodeErrorKind.WrongChain && (e.Kind != NodeErrorKind.Refused || _source.Length > 0);

    private void ThrowIfStandingStill(bool moved, NodeException? reason)
    {
        DateTimeOffset now = _options.Clock.GetUtcNow();
        if (moved)
        {
            _movedAt = now;
        }
        else if (_options.To is not null && now - _movedAt > _options.StandstillLimit)
        {
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture,
                $"Block {_next} of chain {_chainId} has not come for {_options.StandstillLimit.TotalSeconds:0} s (the newest that may be taken is {_target}). {reason?.Message ?? "No node failed meanwhile."}"));
        }
    }

    private async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        _chainId = await _node.ChainIdAsync(cancellationToken).ConfigureAwait(false);
        _source = (_options.From, _options.To) switch
        {
            ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $"{ChainPlatform.Of(_chainId)}/{from}-{to}"),
            ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $"{ChainPlatform.Of(_chainId)}/{from}-"),
            _ => ChainPlatform.Of(_chainId),
        };
        SourceCursor? cursor = await _cursors.LoadAsync(_source, cancellationToken).ConfigureAwait(false);
        if (cursor is null)
        {
            _next = _options.From ?? Math.Max(0, await _node.HeadAsync(cancellationToken).ConfigureAwait(false) - _options.Confirmations);
            await KeepCursorAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _next = cursor.Position;
            _window = new BlockWindow(cursor.RecentBlocks);
            _cursorOffsets = cursor.Offsets;
            _unsettled = new UnsettledBlocks(await _publisher.ReadBackAsync(
                _chainId,
                cursor.Offsets,
                transaction => transaction.BlockHash is not null && transaction.BlockNumber >= _next && transaction.BlockNumber <= (_options.To ?? long.MaxValue),
                cancellationToken).ConfigureAwait(false));
        }

        _first = _options.From ?? _next;
        _target = _next - 1;
        Report();
        return true;
    }

    /// <summary>Looks at the head and takes what may be taken; false when there was nothing.</summary>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        _head = await _node.HeadAsync(cancellationToken).ConfigureAwait(false);
        _target = Math.Min(_options.To ?? long.MaxValue, _head - _options.Confirmations);
        Report();
        if (_next > _target)
        {
            return await CheckNewestAsync(cancellationToken).ConfigureAwait(false);
        }

        long before = _next;
        try
        {
            await AdvanceAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What was sent before a failure counts; the cursor of a cancelled run is kept as well.
            if (_next != before)
            {
                await KeepCursorAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        return _next != before;
    }

    /// <summary>Fetches up to the target, some questions ahead, and takes the blocks in order.</summary>
    private async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<(long From, int Count, Task<IReadOnlyList<NodeBlock>> Blocks)>();
        try
        {
            long ask = _next;
            while (_next <= _target)
            {
                for (; underWay.Count < _options.FetchesAtOnce && ask <= _target; ask += underWay.Last().Count)
                {
                    int count = (int)Math.Min(_options.BlocksPerFetch, _target - ask + 1);
                    underWay.Enqueue((ask, count, _node.BlocksAsync(ask, count, stop.Token)));
                }

                (long from, int wanted, Task<IReadOnlyList<NodeBlock>> fetch) = underWay.Dequeue();
                if (!await TakeAsync(await fetch.ConfigureAwait(false), cancellationToken).ConfigureAwait(false) || _next != from + wanted)
                {
                    return;
                }

                if (_options.Clock.GetUtcNow() - _cursorKeptAt >= _options.CursorInterval)
                {
                    await KeepCursorAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach ((_, _, Task<IReadOnlyList<NodeBlock>> fetch) in underWay)
            {
                await ((Task)fetch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Sends blocks; false when one does not build on what was sent before it.</summary>
    private async Task<bool> TakeAsync(IReadOnlyList<NodeBlock> blocks, CancellationToken cancellationToken)
    {
        IReadOnlyList<TopicOffset> offsets = _publisher.Positions();
        foreach (NodeBlock each in blocks)
        {
            if (each.Block is { } block)
            {
                if (_window.Contradicts(block.Header))
                {
                    await ReorganiseAsync(cancellationToken).ConfigureAwait(false);
                    return false;
                }

                await SettleAsync(block.Header, cancellationToken).ConfigureAwait(false);
                Send(block, cancellationToken);
                _window.Add(Recent(block.Header, offsets));
            }
            else
            {
                RefusedPiece refused = each.Refused!;
                Refuse(refused.Place, refused, cancellationToken);
                _onWarning?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Block {each.Number} of chain {_chainId} was set aside: {refused.Message}"));
            }

            _next = each.Number + 1;
            _window.Trim(_head - _options.RecentBlocks);
        }

        Report();
        return true;
    }

    private void Send(RpcBlock block, CancellationToken cancellationToken)
    {
        _publisher.Publish(block.Header, cancellationToken);
        foreach (ChainTransaction transaction in block.Transactions)
        {
            _publisher.Publish(transaction, cancellationToken);
        }

        foreach (RefusedPiece piece in block.Refused)
        {
            Refuse(piece.Place, piece, cancellationToken);
        }

        _blocks++;
        _transactions += block.Transactions.Count;
        ChainMetrics.Blocks.Add(1, ChainMetrics.Chain(_chainId));
        ChainMetrics.Transactions.Add(block.Transactions.Count, ChainMetrics.Chain(_chainId));
    }

    private void Refuse(string place, RefusedPiece piece, CancellationToken cancellationToken)
    {
        string platform = ChainPlatform.Of(_chainId);
        _deadLetters++;
        ChainMetrics.DeadLetters.Add(1, ChainMetrics.Chain(_chainId));
        _publisher.Publish(
            DeadLetters.Make(
                platform, platform, $"{platform}, {place}", piece.ErrorClass, $"Chain {_chainId}, {place}: {piece.Message}", piece.Payload, piece.Payload.Length,
                _options.Clock.GetUtcNow()),
            cancellationToken);
    }

    private static RecentBlock Recent(ChainBlock header, IReadOnlyList<TopicOffset> offsets) => new()
    {
        Number = header.Number,
        Hash = header.Hash,
        ParentHash = header.ParentHash,
        Timestamp = header.Timestamp,
        TransactionCount = header.TransactionCount,
        Offsets = offsets,
    };

    private async Task KeepCursorAsync(CancellationToken cancellationToken)
    {
        _publisher.Flush(cancellationToken);
        _cursorKeptAt = _options.Clock.GetUtcNow();

        // While heights of a program that died are unsettled, the next start has to find them again.
        _cursorOffsets = _unsettled.IsEmpty ? _publisher.Positions() : _cursorOffsets;
        await _cursors.SaveAsync(
            new SourceCursor
            {
                Source = _source,
                Position = _next,
                Offsets = _cursorOffsets,
                RecentBlocks = [.. _window.Blocks],
                UpdatedAt = _cursorKeptAt,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private void Report()
    {
        ChainMetrics.Lag.Record(Math.Max(0, _target + 1 - _next), ChainMetrics.Chain(_chainId));
        _onProgress?.Invoke(new ChainProgress
        {
            Source = _source,
            ChainId = _chainId,
            First = _first,
            Next = _next,
            Target = _target,
            Blocks = _blocks,
            Transactions = _transactions,
            DeadLetters = _deadLetters,
            Reorganisations = _reorganisations,
            Retracted = _retracted,
        });
    }
}
