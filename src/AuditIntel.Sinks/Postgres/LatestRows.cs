using System.Runtime.InteropServices;

namespace AuditIntel.Sinks.Postgres;

/// <summary>One row a key, because an upsert may not meet a row twice: later values of a key are merged into what is there. Kept for the next batch.</summary>
internal sealed class LatestRows<TKey, TRow>(Func<TRow, TKey> key, Func<TRow, TRow, TRow> merge)
    where TKey : notnull
    where TRow : class
{
    private readonly Dictionary<TKey, int> _index = [];

    public List<TRow> Rows { get; } = [];

    public void Put(TRow row)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, key(row), out var isKnown);
        if (isKnown)
        {
            Rows[place] = merge(Rows[place], row);
        }
        else
        {
            place = Rows.Count;
            Rows.Add(row);
        }
    }

    public void Clear()
    {
        _index.Clear();
        Rows.Clear();
    }
}
