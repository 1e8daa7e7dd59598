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

    private IProcessorContext<string, TrendChange> _context = null!;
    private IKeyValueStore<string, long> _told = null!;
    private IKeyValueStore<string, long> _pending = null!;
    private bool _isMoving;
    private int _looks;

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
        if (_pending.Count == 0 || (isMoving && ++_looks < MostLooks))
        {
            return;
        }

        _looks = 0;
        Dictionary<TrendCell, long> counts = _told.All().ToDictionary(pair => TrendCell.Parse(pair.Key), pair => pair.Value);
        var before = new TrendHistory(counts);
        var touched = new List<DateOnly>();
        foreach ((string key, long more) in _pending.All())
        {
            TrendCell cell = TrendCell.Parse(key);
            long count = counts.GetValueOrDefault(cell) + more;
            counts[cell] = count;
            if (cell.Day is { } day)
            {
                touched.Add(day);
            }

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
