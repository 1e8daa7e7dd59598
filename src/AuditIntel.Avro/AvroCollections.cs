namespace AuditIntel.Avro;

/// <summary>Reads the lists and maps of generated records.</summary>
public static class AvroCollections
{
    public static IReadOnlyList<T> ReadList<T>(ref AvroReader reader, int smallestItem, AvroItemReader<T> readItem)
    {
        int count = reader.ReadBlockCount(smallestItem);
        if (count == 0)
        {
            return [];
        }

        var list = new List<T>(count);
        for (; count > 0; count = reader.ReadBlockCount(smallestItem))
        {
            for (int i = 0; i < count; i++)
            {
                list.Add(readItem(ref reader));
            }
        }

        return list;
    }

    public static IReadOnlyDictionary<string, T> ReadMap<T>(ref AvroReader reader, int smallestItem, AvroItemReader<T> readItem)
    {
        var map = new Dictionary<string, T>();
        for (int count = reader.ReadBlockCount(smallestItem); count > 0; count = reader.ReadBlockCount(smallestItem))
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
