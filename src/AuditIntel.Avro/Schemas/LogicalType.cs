namespace AuditIntel.Avro;

/// <summary>The logical types of Avro 1.11. An unknown or misplaced one is ignored, as the specification wants.</summary>
public enum LogicalType
{
    None,
    Decimal,
    Uuid,
    Date,
    TimeMillis,
    TimeMicros,
    TimestampMillis,
    TimestampMicros,
    LocalTimestampMillis,
    LocalTimestampMicros,
    Duration,
}
