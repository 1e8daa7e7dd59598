using System.Buffers.Binary;

namespace AuditIntel.DevStack.Log;

/// <summary>A growing list of (key, value) pairs with ascending keys, found by binary search; in files as big-endian 8-byte pairs or 12-byte ones.</summary>
internal sealed class SparseIndex(int keyBytes)
{
    private long[] _keys = [];
    private int[] _values = [];

    public int Count { get; private set; }

    public long LastKey => Count == 0 ? -1 : _keys[Count - 1];

    public int LastValue => Count == 0 ? 0 : _values[Count - 1];

    public int Value(int entry) => _values[entry];

    public long Key(int entry) => _keys[entry];

    public void Add(long key, int value)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(16, Count * 2));
            Array.Resize(ref _values, _keys.Length);
        }

        _keys[Count] = key;
        _values[Count++] = value;
    }

    /// <summary>The last entry whose key is at most <paramref name="key"/>, or -1.</summary>
    public int FloorByKey(long key)
    {
        var found = Array.BinarySearch(_keys, 0, Count, key);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The last entry whose value is at most <paramref name="value"/>, or -1. Values ascend with the keys.</summary>
    public int FloorByValue(int value)
    {
        var found = Array.BinarySearch(_values, 0, Count, value);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Forgets the entries with values of <paramref name="value"/> and more.</summary>
    public void KeepBelow(int value) => Count = FloorByValue(value - 1) + 1;

    /// <summary>Writes the index to a file that appears whole or not at all.</summary>
    public void Save(string path)
    {
        var bytes = new byte[Count * (keyBytes + 4)];
        for (var i = 0; i < Count; i++)
        {
            var entry = bytes.AsSpan(i * (keyBytes + 4));
            if (keyBytes == 4)
            {
                BinaryPrimitives.WriteInt32BigEndian(entry, (int)_keys[i]);
            }
            else
            {
                BinaryPrimitives.WriteInt64BigEndian(entry, _keys[i]);
            }

            BinaryPrimitives.WriteInt32BigEndian(entry[keyBytes..], _values[i]);
        }

        AtomicFile.Write(path, bytes);
    }

    /// <summary>Reads an index file; null when there is none or it cannot be one.</summary>
    public static SparseIndex? Load(string path, int keyBytes)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        if (bytes.Length % (keyBytes + 4) != 0)
        {
            return null;
        }

        var index = new SparseIndex(keyBytes);
        for (var at = 0; at < bytes.Length; at += keyBytes + 4)
        {
            var entry = bytes.AsSpan(at);
            var key = keyBytes == 4
                ? BinaryPrimitives.ReadInt32BigEndian(entry)
                : BinaryPrimitives.ReadInt64BigEndian(entry);
            if (key < index.LastKey)
            {
                return null;
            }

            index.Add(key, BinaryPrimitives.ReadInt32BigEndian(entry[keyBytes..]));
        }

        return index;
    }
}
