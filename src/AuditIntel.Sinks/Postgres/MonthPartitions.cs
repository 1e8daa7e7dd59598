using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// Sees to it that the monthly partitions of some tables are there before rows come: those that a batch needs, and some months ahead of the clock,
/// looked after once a day. For one thread.
/// </summary>
internal sealed class MonthPartitions(TimeProvider clock, int monthsAhead, params string[] tables)
{
    private readonly HashSet<(int Table, int Month)> _known = [];
    private readonly HashSet<(int Table, int Month)> _missing = [];
    private (int Table, long FromTicks, long ToTicks) _last = (-1, 0, 0);
    private DateOnly? _lookedAfter;

    /// <summary>Notes that a row of that time will come.</summary>
    /// <param name="table">Index of the table.</param>
    /// <param name="time">What the table is partitioned by.</param>
    public void Need(int table, DateTimeOffset time)
    {
        var ticks = time.UtcTicks;
        if (_last.Table == table && ticks >= _last.FromTicks && ticks < _last.ToTicks)
        {
            return;
        }

        var month = MonthOf(time.UtcDateTime);
        _last = (table, FirstDay(month).ToDateTime(TimeOnly.MinValue).Ticks, FirstDay(month + 1).ToDateTime(TimeOnly.MinValue).Ticks);
        Need((table, month));
    }

    /// <summary>Makes what is missing. Outside of a transaction, so that its locks end at once.</summary>
    public async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (_lookedAfter != today)
        {
            var month = MonthOf(clock.GetUtcNow().UtcDateTime);
            for (var i = 0; i < tables.Length * (monthsAhead + 1); i++)
            {
                Need((i % tables.Length, month + (i / tables.Length)));
            }

            _lookedAfter = today;
        }

        for (var table = 0; table < tables.Length && _missing.Count > 0; table++)
        {
            var months = _missing.Where(m => m.Table == table).Select(m => m.Month).Order().ToArray();
            if (months.Length > 0)
            {
                object[] parameters = [tables[table], months.Select(FirstDay).ToArray()];
                await SqlResource.ExecuteAsync(connection, "ensure_months", parameters, cancellationToken).ConfigureAwait(false);
                _known.UnionWith(months.Select(m => (table, m)));
                _missing.RemoveWhere(m => m.Table == table);
            }
        }
    }

    /// <summary>Forgets what is there; the months noted by <see cref="Need(int, DateTimeOffset)"/> and not made yet stay noted.</summary>
    public void Forget()
    {
        _known.Clear();
        _last = (-1, 0, 0);
        _lookedAfter = null;
    }

    private void Need((int Table, int Month) partition)
    {
        if (!_known.Contains(partition))
        {
            _missing.Add(partition);
        }
    }

    private static int MonthOf(DateTime time) => (time.Year * 12) + time.Month - 1;

    private static DateOnly FirstDay(int month) => new(month / 12, (month % 12) + 1, 1);
}
