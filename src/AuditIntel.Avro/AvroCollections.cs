namespace AuditIntel.Avro;

/// <summary>Reads the lists and maps of generated records.</summary>
public static class AvroCollections
{
    /// <summary>Room made before the first item is read; a count that lies costs no more than this.</summary>
    private const int LargestPreallocation = 4096;

    /// <param name="reader">Where the blocks begin.</param>
    /// <param name="smallestItem">Fewest bytes of an item (<see cref="SmallestSize"/>).</param>
    /// <param name="readItem">Reads one item.</param>
    /// <exception cref="AvroDataException">The bytes are no such list.</exception>
    public static IReadOnlyList<T> ReadList<T>(ref AvroReader reader, int smallestItem, AvroItemReader<T> readItem)
    {
        int count = reader.ReadBlockCount(smallestItem);
        if (count == 0)
        {
            return [];
        }

        // Writers put everything into one block: then the array is exact and nothing is copied.
        T[] items = new T[Math.Min(count, LargestPreallocation)];
        int filled = 0;
        for (; count > 0; count = reader.ReadBlockCount(smallestItem))
        {
            for (int i = 0; i < count; i++)
            {
                if (filled == items.Length)
                {
                    Array.Resize(ref items, (int)Math.Min((long)items.Length * 2, Math.Max((long)filled + count - i, filled + 1L)));
                }

                items[filled++] = readItem(ref reader);
            }
        }

        if (filled < items.Length)
        {
            Array.Resize(ref items, filled);
        }

        return items;
    }

    /// <inheritdoc cref="ReadList"/>
    public static IReadOnlyDictionary<string, T> ReadMap<T>(ref AvroReader reader, int smallestItem, AvroItemReader<T> readItem)
    {
        int count = reader.ReadBlockCount(smallestItem);
        var map = new Dictionary<string, T>(Math.Min(count, LargestPreallocation));
        for (; count > 0; count = reader.ReadBlockCount(smallestItem))
        {
            for (int i = 0; i < count; i++)
            {
                string key = reader.ReadString();
                map[key] = readItem(ref reader);
            }
        }

        return map;
    }
}
