using System.Globalization;
using AuditIntel.Contracts;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Alerts;

/// <summary>
/// Keeps the stores bounded. Each chain forgets by its own event time: a task holds several chains, and one may be backfilled years behind another, so the
/// task's stream time, which punctuators go by, says nothing of it. What is forgotten is beyond every window, so that no answer depends on when it happens but
/// for transactions that come later than <see cref="Grace"/>.
/// </summary>
internal sealed class AlertForgetting(
    IKeyValueStore<string, string> fired, IKeyValueStore<string, IReadOnlyList<RaisedAlert>> raised, IReadOnlyDictionary<string, long> windows)
{
    /// <summary>How long behind its chain a transaction may be retracted and still resolve its alerts: far beyond the finality of any chain, in milliseconds.</summary>
    public const long ReorganisationHorizonMs = 24 * 3_600_000L;

    /// <summary>How much longer than its window an entry is kept, for transactions that come late, in milliseconds.</summary>
    public const long Grace = 3_600_000;

    private const long Interval = 3_600_000;

    private readonly Dictionary<long, long> _swept = [];
    private long _chain = -1;
    private long _next = long.MinValue;

    /// <summary>Called for each transaction; does something once an hour of each chain's event time.</summary>
    public void Observe(ScoredTransaction transaction)
    {
        // A block cannot be younger than its collection: a time in the future must not sweep everything away.
        long time = Math.Min(transaction.Timestamp.Ticks, transaction.CollectedAt.Ticks) / TimeSpan.TicksPerMillisecond;
        if (transaction.ChainId != _chain)
        {
            _chain = transaction.ChainId;
            _next = _swept.GetValueOrDefault(_chain, long.MinValue);
        }

        if (time >= _next)
        {
            _next = ((time / Interval) + 1) * Interval;
            _swept[_chain] = _next;
            Sweep(_chain, Math.Min(transaction.Timestamp.ToUnixTimeMilliseconds(), transaction.CollectedAt.ToUnixTimeMilliseconds()));
        }
    }

    private void Sweep(long chain, long now)
    {
        string prefix = chain.ToString(CultureInfo.InvariantCulture) + "|";
        foreach ((string key, string entries) in fired.All())
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal)
                && AlertWindow.Newest(entries) + windows.GetValueOrDefault(key.Split('|')[1]) + Grace < now)
            {
                fired.Delete(key);
            }
        }

        foreach ((string id, IReadOnlyList<RaisedAlert> alerts) in raised.All())
        {
            Alert newest = alerts[^1].Alert;
            if (newest.ChainId == chain && newest.OccurredAt.ToUnixTimeMilliseconds() + ReorganisationHorizonMs < now)
            {
                raised.Delete(id);
            }
        }
    }
}
