using System.Buffers.Binary;

namespace AuditIntel.DevStack.Log;

/// <summary>The file with the aborted transactions of a partition: four big-endian 8-byte numbers each.</summary>
internal static class AbortedIndex
{
    private const int EntrySize = 32;

    public static List<AbortedTransaction> Load(string path)
    {
        List<AbortedTransaction> found = [];
        if (File.Exists(path))
        {
            var bytes = File.ReadAllBytes(path);
            for (var at = 0; at + EntrySize <= bytes.Length; at += EntrySize)
            {
                var entry = bytes.AsSpan(at);
                found.Add(new(Number(entry), Number(entry[8..]), Number(entry[16..]), Number(entry[24..])));
            }
        }

        return found;
    }

    public static void Append(string path, in AbortedTransaction aborted)
    {
        Span<byte> entry = stackalloc byte[EntrySize];
        Encode(entry, aborted);
        using var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(handle, entry, RandomAccess.GetLength(handle) / EntrySize * EntrySize);
    }

    public static void Save(string path, List<AbortedTransaction> all)
    {
        if (all.Count == 0)
        {
            File.Delete(path);
            return;
        }

        var bytes = new byte[all.Count * EntrySize];
        for (var i = 0; i < all.Count; i++)
        {
            Encode(bytes.AsSpan(i * EntrySize), all[i]);
        }

        AtomicFile.Write(path, bytes);
    }

    private static long Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes);

    private static void Encode(Span<byte> entry, in AbortedTransaction aborted)
    {
        BinaryPrimitives.WriteInt64BigEndian(entry, aborted.ProducerId);
        BinaryPrimitives.WriteInt64BigEndian(entry[8..], aborted.FirstOffset);
        BinaryPrimitives.WriteInt64BigEndian(entry[16..], aborted.LastOffset);
        BinaryPrimitives.WriteInt64BigEndian(entry[24..], aborted.LastStableOffset);
    }
}
