using System.Globalization;
using System.Runtime.InteropServices;
using AuditIntel.Contracts;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Alerts;

/// <summary>
/// Keeps the stores bounded. Each chain forgets by its own event time: a task holds several chains, and one may be backfilled years behind another, so the
/// task's stream time, which punctuators go by, says nothing of it. What is forgotten is beyond every window, so that no answer depends on when it happens but
/// for transactions that come later than <see cref="GraceMs"/>.
/// </summary>
internal sealed class AlertForgetting(
    IKeyValueStore<string, string> fired, IKeyValueStore<string, IReadOnlyList<RaisedAlert>> raised, IReadOnlyDictionary<string, long> windows)
{
    /// <summary>Entries that are kept without asking how old they are.</summary>
    public const int Few = 1000;

    /// <summary>How far behind its chain a transaction may be retracted and still resolve its alerts: far beyond the finality of any chain, in milliseconds.</summary>
    private const long ReorganisationHorizonMs = 24 * 3_600_000L;

    /// <summary>How much longer than its window an entry is kept, for transactions that come late, in milliseconds.</summary>
    private const long GraceMs = 3_600_000;

    /// <summary>Newest event time of each chain, milliseconds since 1970.</summary>
    private readonly Dictionary<long, long> _latest = [];

    private long _kept;

    /// <summary>Called for each transaction.</summary>
    public void Observe(ScoredTransaction transaction)
    {
        // A block cannot be younger than its collection: a time in the future must not sweep everything away.
        DateTimeOffset time = transaction.Timestamp < transaction.CollectedAt ? transaction.Timestamp : transaction.CollectedAt;
        ref long latest = ref CollectionsMarshal.GetValueRefOrAddDefault(_latest, transaction.ChainId, out bool isKnown);
        long now = time.ToUnixTimeMilliseconds();
        latest = isKnown ? Math.Max(latest, now) : now;
    }

    /// <summary>Called after an alert. A sweep looks at every entry: it waits until there are twice as many as the last one left, so an alert's share of it stays small.</summary>
    public void SweepWhenMany()
    {
        if (fired.Count + raised.Count <= (2 * _kept) + Few)
        {
            return;
        }

        foreach ((string key, string entries) in fired.All())
        {
            string[] parts = key.Split('|');
            if (IsOlder(long.Parse(parts[0], CultureInfo.InvariantCulture), AlertWindow.Newest(entries), windows.GetValueOrDefault(parts[1]) + GraceMs))
            {
                fired.Delete(key);
            }
        }

        foreach ((string id, IReadOnlyList<RaisedAlert> alerts) in raised.All())
        {
            Alert newest = alerts[^1].Alert;
            if (IsOlder(newest.ChainId!.Value, newest.OccurredAt.ToUnixTimeMilliseconds(), ReorganisationHorizonMs))
            {
                raised.Delete(id);
            }
        }

        _kept = fired.Count + raised.Count;
    }

    private bool IsOlder(long chain, long timeMs, long ageMs) => _latest.TryGetValue(chain, out long latest) && timeMs + ageMs < latest;
}
