namespace AuditIntel.Kafka;

/// <summary>rd_kafka_vtype_t of rdkafka.h.</summary>
internal enum NativeArgumentType
{
    End = 0,
    TopicHandle = 2,
    Partition = 3,
    Value = 4,
    Key = 5,
    Opaque = 6,
    MessageFlags = 7,
    Timestamp = 8,
    Header = 9,
}
