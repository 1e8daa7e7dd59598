using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>Keeps a store within its limit.</summary>
internal static class OldestEntries
{
    private const double Kept = 0.9;

    /// <summary>
    /// Does nothing up to the limit. Beyond it, deletes all entries as old as the oldest tenth: a function of what is in the store, not of its order.
    /// </summary>
    /// <param name="store">Which.</param>
    /// <param name="most">Entries that it may hold, 1 or more.</param>
    /// <param name="time">When an entry was last of use; later is newer.</param>
    public static void Trim<TKey, TValue>(IKeyValueStore<TKey, TValue> store, int most, Func<TValue, long> time)
        where TKey : notnull
    {
        if (store.Count <= most)
        {
            return;
        }

        IReadOnlyList<KeyValuePair<TKey, TValue>> entries = store.All();
        long[] times = new long[entries.Count];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = time(entries[i].Value);
        }

        long[] ordered = [.. times];
        Array.Sort(ordered);
        long newest = ordered[ordered.Length - 1 - (int)(Kept * most)];
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] <= newest)
            {
                store.Delete(entries[i].Key);
            }
        }
    }
}
