using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>rd_kafka_topic_partition_list_t of rdkafka.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativePartitionList
{
    public int Count;
    public int Size;
    public NativePartition* Elements;
}
