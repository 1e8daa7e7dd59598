using System.Globalization;

namespace AuditIntel.Avro;

/// <summary>Reads the attributes of logical types ("Logical Types" in the specification of Avro 1.11); unknown and misplaced ones are ignored.</summary>
internal static class LogicalTypes
{
    public static void Set(AvroSchema schema, SchemaJson json)
    {
        switch (json["logicalType"]?.Text)
        {
            case "decimal" when schema.Type is AvroType.Bytes or AvroType.Fixed:
                int precision = Number(json["precision"]);
                int scale = Number(json["scale"]);
                if (precision > 0 && scale >= 0 && scale <= precision && (schema is not FixedSchema sized || precision <= DigitsOf(sized.Size)))
                {
                    schema.Logical = LogicalType.Decimal;
                    schema.Precision = precision;
                    schema.Scale = scale;
                }

                break;
            case "uuid" when schema.Type == AvroType.String || schema is FixedSchema { Size: 16 }:
                schema.Logical = LogicalType.Uuid;
                break;
            case "date" when schema.Type == AvroType.Int:
                schema.Logical = LogicalType.Date;
                break;
            case "time-millis" when schema.Type == AvroType.Int:
                schema.Logical = LogicalType.TimeMillis;
                break;
            case "time-micros" when schema.Type == AvroType.Long:
                schema.Logical = LogicalType.TimeMicros;
                break;
            case "timestamp-millis" when schema.Type == AvroType.Long:
                schema.Logical = LogicalType.TimestampMillis;
                break;
            case "timestamp-micros" when schema.Type == AvroType.Long:
                schema.Logical = LogicalType.TimestampMicros;
                break;
            case "local-timestamp-millis" when schema.Type == AvroType.Long:
                schema.Logical = LogicalType.LocalTimestampMillis;
                break;
            case "local-timestamp-micros" when schema.Type == AvroType.Long:
                schema.Logical = LogicalType.LocalTimestampMicros;
                break;
            case "duration" when schema is FixedSchema { Size: 12 }:
                schema.Logical = LogicalType.Duration;
                break;
        }
    }

    private static int Number(SchemaJson? json) =>
        json is null ? 0 : int.TryParse(json.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;

    /// <summary>Most decimal digits that fit a two's complement number of that many bytes: floor(log10(2^(8n-1) - 1)).</summary>
    private static int DigitsOf(int bytes) => bytes == 0 ? 0 : (int)Math.Floor(Math.Log10(2) * ((8.0 * bytes) - 1));
}
