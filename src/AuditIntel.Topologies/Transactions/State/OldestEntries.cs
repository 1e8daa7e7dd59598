using System.Buffers;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>Keeps a store within its limit.</summary>
internal static class OldestEntries
{
    /// <summary>Small steps: each deletion is a tombstone in the next commit, and whatever comes meanwhile waits for it.</summary>
    private const double Kept = 0.94;

    /// <summary>
    /// Does nothing up to the limit. Beyond it, deletes all entries as old as the oldest sixteenth: a function of what is in the store, not of its order.
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

        int count = (int)store.Count;
        long[] times = ArrayPool<long>.Shared.Rent(count);
        int at = 0;
        store.ForEach((_, value) => times[at++] = time(value));
        long newest = Smallest(times.AsSpan(0, count), count - 1 - (int)(Kept * most));
        ArrayPool<long>.Shared.Return(times);

        var gone = new List<TKey>();
        store.ForEach((key, value) =>
        {
            if (time(value) <= newest)
            {
                gone.Add(key);
            }
        });
        foreach (TKey key in gone)
        {
            store.Delete(key);
        }
    }

    /// <summary>What would stand at that place if the numbers were sorted (Hoare 1961, "Algorithm 65: Find"); brings them into another order.</summary>
    private static long Smallest(Span<long> numbers, int place)
    {
        int first = 0;
        int last = numbers.Length - 1;
        while (first < last)
        {
            long middle = numbers[first + ((last - first) / 2)];
            int i = first;
            int j = last;
            while (i <= j)
            {
                while (numbers[i] < middle)
                {
                    i++;
                }

                while (numbers[j] > middle)
                {
                    j--;
                }

                if (i <= j)
                {
                    (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
                    i++;
                    j--;
                }
            }

            (first, last) = place <= j ? (first, j) : place >= i ? (i, last) : (place, place);
        }

        return numbers[place];
    }
}
