using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Columns that may be null, cleaned text and arrays for a binary COPY.</summary>
internal static class BinaryCopyColumns
{
    public static void WriteText(this NpgsqlBinaryImporter importer, string? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write(PostgresText.Clean(value), NpgsqlDbType.Text);
        }
    }

    public static void WriteTexts(this NpgsqlBinaryImporter importer, IReadOnlyList<string> values) =>
        importer.Write(PostgresText.Clean(values), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static void WriteNumeric(this NpgsqlBinaryImporter importer, decimal? value)
    {
        if (value is { } number)
        {
            importer.Write(number, NpgsqlDbType.Numeric);
        }
        else
        {
            importer.WriteNull();
        }
    }

    public static void WriteInteger(this NpgsqlBinaryImporter importer, int? value)
    {
        if (value is { } number)
        {
            importer.Write(number, NpgsqlDbType.Integer);
        }
        else
        {
            importer.WriteNull();
        }
    }

    public static void WriteBigint(this NpgsqlBinaryImporter importer, long? value)
    {
        if (value is { } number)
        {
            importer.Write(number, NpgsqlDbType.Bigint);
        }
        else
        {
            importer.WriteNull();
        }
    }

    public static void WriteDouble(this NpgsqlBinaryImporter importer, double? value)
    {
        if (value is { } number)
        {
            importer.Write(number, NpgsqlDbType.Double);
        }
        else
        {
            importer.WriteNull();
        }
    }

    /// <summary>bytea of 0x text.</summary>
    public static void WriteHex(this NpgsqlBinaryImporter importer, string? digits) =>
        importer.WriteBytes(digits is null ? null : Convert.FromHexString(digits.AsSpan(2)));

    public static void WriteBytes(this NpgsqlBinaryImporter importer, byte[]? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write(value, NpgsqlDbType.Bytea);
        }
    }

    public static void WriteTime(this NpgsqlBinaryImporter importer, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            importer.Write(time.UtcDateTime, NpgsqlDbType.TimestampTz);
        }
        else
        {
            importer.WriteNull();
        }
    }
}
