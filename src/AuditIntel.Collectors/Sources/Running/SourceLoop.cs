using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Connectors;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>One source, pass after pass. Whatever goes wrong with it is its own: the loop reports it and waits for the next turn.</summary>
internal sealed class SourceLoop : IDisposable
{
    /// <summary>Characters of a cursor for which it is written once more seldom: a large one must not flood its topic.</summary>
    private const int CursorStep = 64 * 1024;

    private readonly SourceDefinition _source;
    private readonly SourceRunOptions _options;
    private readonly ISourceOutput _output;
    private readonly ISourceCursors _cursors;
    private readonly SemaphoreSlim _places;
    private readonly SourceFetcher _fetcher;
    private readonly SourceState _state;
    private readonly Random _random;
    private readonly Action<SourceStatus>? _onStatus;
    private DateTimeOffset _savedAt;
    private int _cursorLength;

    public SourceLoop(
        SourceDefinition source,
        SourceRunOptions options,
        ISourceOutput output,
        ISourceCursors cursors,
        HostGates gates,
        SemaphoreSlim places,
        SourceState state,
        Random random,
        Action<SourceStatus>? onStatus)
    {
        (_source, _options, _output, _cursors, _places, _state, _random, _onStatus) = (source, options, output, cursors, places, state, random, onStatus);
        _fetcher = new SourceFetcher(source, gates, options.Fetch);
        Status = new SourceStatus { Id = source.Id };
    }

    public SourceStatus Status { get; private set; }

    private TimeProvider Clock => _options.Fetch.Clock;

    /// <summary>Runs until it is cancelled; with <see cref="SourceRunOptions.Once"/> one pass.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_options.Once)
        {
            await WaitAsync(FirstPause(), cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            await PassAsync(cancellationToken).ConfigureAwait(false);
            if (_options.Once)
            {
                return;
            }

            await WaitAsync(NextPause(), cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _fetcher.Dispose();

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset begin = Clock.GetUtcNow();
        Say(Status with { Condition = SourceCondition.Running, NextRun = null });
        try
        {
            var pass = new SourcePass(_source, _fetcher, _state, Clock);
            try
            {
                await foreach (SourceBatch batch in SourceConnectors.Of(_source).ReadAsync(pass, cancellationToken).ConfigureAwait(false))
                {
                    await TakeAsync(batch, cancellationToken).ConfigureAwait(false);
                }

                _state.CompletedAt = Clock.GetUtcNow();
                await SaveAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Status = Status with { NotModified = Status.NotModified + pass.NotModified };
            }

            Say(Status with { Condition = SourceCondition.Ok, FailingSince = null, Failures = 0, Fault = null, Message = null });
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            SourceMetrics.Failures.Add(1, new KeyValuePair<string, object?>("source", _source.Id));
            if (e is FetchException { Fault: FetchFault.Status or FetchFault.Malformed or FetchFault.RedirectLoop, Status: null or < 500 })
            {
                // Cursors of pages expire: a pass that cannot go on where it stopped begins anew.
                _state.GoOnAt(null);
            }

            await SetAsideAsync(e, cancellationToken).ConfigureAwait(false);
            RetryAfter = (e as FetchException)?.RetryAfter;
            Say(Status with
            {
                Condition = SourceCondition.Failing,
                FailingSince = Status.FailingSince ?? begin,
                Failures = Status.Failures + 1,
                Fault = (e as FetchException)?.Fault,
                Message = e.Message,
            });
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>When the host of the last failed pass wants to be asked again.</summary>
    private TimeSpan? RetryAfter { get; set; }

    private async Task TakeAsync(SourceBatch batch, CancellationToken cancellationToken)
    {
        Collected[] news = [.. batch.Items.Where(_state.IsNews)];
        if (news.Length > 0)
        {
            await _output.PublishAsync(_source.Id, news, cancellationToken).ConfigureAwait(false);
            SourceMetrics.Published.Add(news.Length, new KeyValuePair<string, object?>("source", _source.Id));
            _state.Published += news.Length;
        }

        // Only what is acknowledged is remembered.
        foreach (Collected item in news)
        {
            _state.Keep(item);
        }

        if (batch.Document is { } document)
        {
            _state.KeepDocument(document.Name, document.Hash);
        }

        if (batch.Validator is { } validator)
        {
            _state.Keep(validator.Page, validator.Validator);
        }

        if (batch.Ends || batch.Resume is not null)
        {
            _state.GoOnAt(batch.Resume);
        }

        Status = Status with
        {
            Findings = Status.Findings + batch.Items.Count(item => item is Collected.OfFinding),
            Published = Status.Published + news.Length,
            DeadLetters = Status.DeadLetters + news.Count(item => item is Collected.OfDeadLetter),
        };
        if (Clock.GetUtcNow() - _savedAt >= _options.CursorInterval * (1 + (_cursorLength / CursorStep)))
        {
            await SaveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A document that is not what its kind says is kept once, with its bytes, and the cursor of what was good before it.</summary>
    private async Task SetAsideAsync(Exception e, CancellationToken cancellationToken)
    {
        try
        {
            if (e is FetchException { Fault: FetchFault.Malformed, Document: { } document })
            {
                Collected letter = new FindingMapper(_source, Clock).Refused(_source.Url, CollectionError.MalformedDocument, $"Source {_source.Id}: {e.Message}", document);
                await TakeAsync(new SourceBatch([letter]), cancellationToken).ConfigureAwait(false);
            }

            await SaveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception second) when (!cancellationToken.IsCancellationRequested)
        {
            // The topics are out of reach too: what was not kept is collected again.
            Status = Status with { Message = second.Message };
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        SourceCursor cursor = _state.ToCursor(_source.Id, now);
        await _cursors.SaveAsync(cursor, cancellationToken).ConfigureAwait(false);
        _savedAt = now;
        _cursorLength = cursor.Token?.Length ?? 0;
    }

    /// <summary>A source whose last pass was complete waits for its turn; another one begins soon.</summary>
    private TimeSpan FirstPause()
    {
        TimeSpan spread = _options.StartSpread * _random.NextDouble();
        return _state.CompletedAt is { } completed && completed + _source.Every - Clock.GetUtcNow() is { } left && left > spread ? left : spread;
    }

    private TimeSpan NextPause()
    {
        TimeSpan jitter = _source.Jitter * _random.NextDouble();
        if (Status.Condition is not SourceCondition.Failing)
        {
            return _source.Every + jitter;
        }

        double factor = Math.Pow(2, Math.Min(Status.Failures - 1, 30)) * (1 + (_random.NextDouble() / 4));
        TimeSpan pause = TimeSpan.FromSeconds(Math.Min(_options.FirstFailurePause.TotalSeconds * factor, (_source.Every + jitter).TotalSeconds));
        return RetryAfter > pause ? RetryAfter.Value : pause;
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        Say(Status with { Condition = Status.Condition is SourceCondition.Failing ? SourceCondition.Failing : SourceCondition.Waiting, NextRun = Clock.GetUtcNow() + pause });
        await Task.Delay(pause, Clock, cancellationToken).ConfigureAwait(false);
    }

    private void Say(SourceStatus status)
    {
        Status = status;
        _onStatus?.Invoke(status);
    }
}
