using System.Runtime.InteropServices;

namespace AuditIntel.Streaming.State;

/// <summary>The entries of one stretch of time: dropped as a whole when it is past retention.</summary>
internal sealed class WindowSegment<TKey, TValue>(bool indexed)
    where TKey : notnull
{
    private readonly Dictionary<TKey, List<(long TimeMs, long Extra)>>? _places = indexed ? new(KeyComparison.For<TKey>()) : null;

    public EntryTable<WindowKey<TKey>, TValue> Table { get; } = new();

    /// <summary>Notes a new entry, for <see cref="Places"/>.</summary>
    public void Added(in WindowKey<TKey> key)
    {
        if (_places is null)
        {
            return;
        }

        ref List<(long TimeMs, long Extra)>? places = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key.Key, out _);
        places ??= new List<(long TimeMs, long Extra)>(1);
        int position = places.Count;
        while (position > 0 && places[position - 1].CompareTo((key.TimeMs, key.Extra)) > 0)
        {
            position--;
        }

        if (position == 0 || places[position - 1] != (key.TimeMs, key.Extra))
        {
            places.Insert(position, (key.TimeMs, key.Extra));
        }
    }

    public void Removed(in WindowKey<TKey> key)
    {
        if (_places is not null && _places.TryGetValue(key.Key, out List<(long TimeMs, long Extra)>? places))
        {
            places.Remove((key.TimeMs, key.Extra));
            if (places.Count == 0)
            {
                _places.Remove(key.Key);
            }
        }
    }

    /// <summary>Times of the key's entries, ascending; only in an indexed segment.</summary>
    public IReadOnlyList<(long TimeMs, long Extra)> Places(TKey key) =>
        _places!.TryGetValue(key, out List<(long TimeMs, long Extra)>? places) ? places : [];
}
