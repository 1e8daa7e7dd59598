using System.Buffers.Binary;

namespace AuditIntel.Kafka;

/// <summary>MurmurHash 2 (A. Appleby) with the seed of Kafka's Java client, which decides a key's partition.</summary>
public static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint M = 0x5bd1e995;
    private const int R = 24;

    public static int Hash(ReadOnlySpan<byte> data)
    {
        uint h = Seed ^ (uint)data.Length;
        while (data.Length >= 4)
        {
            uint k = BinaryPrimitives.ReadUInt32LittleEndian(data) * M;
            k ^= k >> R;
            h = (h * M) ^ (k * M);
            data = data[4..];
        }

        if (data.Length >= 3)
        {
            h ^= (uint)data[2] << 16;
        }

        if (data.Length >= 2)
        {
            h ^= (uint)data[1] << 8;
        }

        if (data.Length >= 1)
        {
            h = (h ^ data[0]) * M;
        }

        h = (h ^ (h >> 13)) * M;
        return (int)(h ^ (h >> 15));
    }

    /// <summary>The partition of a key, as Java's default partitioner has it.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (Hash(key) & int.MaxValue) % partitions;
}
