using AuditIntel.Intelligence.Trends;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Trends;

/// <summary>
/// Counts findings by cell and tells, now and then, which windows are different from what was told. What is waiting lies in a store, so that a restart
/// forgets none of it; what was told is a function of the counts alone, so that in the end the order in which findings came plays no part.
/// </summary>
internal sealed class TrendTeller : IProcessor<string, long, string, TrendChange>
{
    /// <summary>How often is looked whether there is something to tell.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Looks, at most, until something is told though more is coming: a backfill is told in few strokes, a single finding at the next look.</summary>
    private const int MostLooks = 10;

    /// <summary>Between two strokes of one telling: time for a commit.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Days of one stroke, which bounds what a transaction holds.</summary>
    private const int MostDays = 60;

    private IProcessorContext<string, TrendChange> _context = null!;
    private IKeyValueStore<string, long> _told = null!;
    private IKeyValueStore<string, long> _pending = null!;
    private bool _isMoving;
    private int _looks;
    private IDisposable? _rest;

    public void Init(IProcessorContext<string, TrendChange> context)
    {
        _context = context;
        _told = context.GetStateStore<string, long>(TrendsStores.Told);
        _pending = context.GetStateStore<string, long>(TrendsStores.Pending);
        context.Schedule(Look, PunctuationType.WallClockTime, Tell);
    }

    public void Process(in Record<string, long> record)
    {
        _isMoving = true;
        long waiting = (_pending.TryGet(record.Key!, out long before) ? before : 0) + record.Value;
        if (waiting == 0)
        {
            _pending.Delete(record.Key!);
        }
        else
        {
            _pending.Put(record.Key!, waiting);
        }
    }

    private void Tell(long nowMs)
    {
        bool isMoving = _isMoving;
        _isMoving = false;
        if (_pending.Count == 0 || _rest is not null || (isMoving && ++_looks < MostLooks))
        {
            return;
        }

        _looks = 0;
        Stroke(nowMs);
        if (_pending.Count > 0)
        {
            _rest = _context.Schedule(Pause, PunctuationType.WallClockTime, TellRest);
        }
    }

    private void TellRest(long nowMs)
    {
        Stroke(nowMs);
        if (_pending.Count == 0)
        {
            _rest!.Dispose();
            _rest = null;
        }
    }

    /// <summary>Tells what the oldest days that wait change; so a backfill is told as it was lived through, and no window of it twice.</summary>
    private void Stroke(long nowMs)
    {
        Dictionary<TrendCell, long> counts = _told.All().ToDictionary(pair => TrendCell.Parse(pair.Key), pair => pair.Value);
        var before = new TrendHistory(counts);
        var touched = new SortedSet<DateOnly>();
        foreach ((TrendCell cell, string key, long more) in _pending.All().Select(pair => (TrendCell.Parse(pair.Key), pair.Key, pair.Value)).OrderBy(each => each.Item1.Day))
        {
            if (cell.Day is { } day && !touched.Contains(day))
            {
                if (touched.Count == MostDays)
                {
                    break;
                }

                touched.Add(day);
            }

            long count = counts.GetValueOrDefault(cell) + more;
            counts[cell] = count;
            if (count == 0)
            {
                _told.Delete(key);
            }
            else
            {
                _told.Put(key, count, nowMs);
            }

            _pending.Delete(key);
        }

        foreach (TrendChange change in TrendChanges.Between(before, new TrendHistory(counts), touched))
        {
            _context.Forward(new Record<string, TrendChange>(change.Key, change, nowMs, []));
        }
    }
}
