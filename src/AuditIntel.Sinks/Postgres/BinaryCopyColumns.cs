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
