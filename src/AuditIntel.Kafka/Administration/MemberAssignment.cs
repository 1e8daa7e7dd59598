using System.Buffers.Binary;
using System.Text;

namespace AuditIntel.Kafka;

/// <summary>The consumer protocol's assignment (ConsumerProtocolAssignment.json of Apache Kafka): version, then topics with partitions.</summary>
internal static class MemberAssignment
{
    /// <summary>The partitions; none when the bytes are of another protocol.</summary>
    public static IReadOnlyList<PartitionId> Read(ReadOnlySpan<byte> assignment)
    {
        var partitions = new List<PartitionId>();
        try
        {
            if (assignment.IsEmpty)
            {
                return partitions;
            }

            ReadOnlySpan<byte> rest = assignment[sizeof(short)..];
            for (int topics = ReadInt32(ref rest); topics > 0; topics--)
            {
                int length = BinaryPrimitives.ReadInt16BigEndian(rest);
                string topic = Encoding.UTF8.GetString(rest.Slice(sizeof(short), length));
                rest = rest[(sizeof(short) + length)..];
                for (int count = ReadInt32(ref rest); count > 0; count--)
                {
                    partitions.Add(new PartitionId(topic, ReadInt32(ref rest)));
                }
            }

            return partitions;
        }
        catch (ArgumentOutOfRangeException)
        {
            return [];
        }
    }

    private static int ReadInt32(ref ReadOnlySpan<byte> rest)
    {
        int value = BinaryPrimitives.ReadInt32BigEndian(rest);
        rest = rest[sizeof(int)..];
        return value;
    }
}
