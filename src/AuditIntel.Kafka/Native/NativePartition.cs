using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>rd_kafka_topic_partition_t of rdkafka.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativePartition
{
    public nint Topic;
    public int Partition;
    public long Offset;
    public nint Metadata;
    public nuint MetadataSize;
    public nint Opaque;
    public int Error;
    public nint Private;
}
