using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Findings;

/// <summary>Writes dead letters in the column order of copy_dead_letters.sql.</summary>
internal static class DeadLetterRows
{
    public static void Write(NpgsqlBinaryImporter importer, DeadLetter row)
    {
        importer.StartRow();
        importer.Write(row.Id, NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Stage), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.ErrorClass), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.ErrorMessage), NpgsqlDbType.Text);
        importer.WriteText(row.Platform);
        importer.WriteText(row.SourcePath);
        importer.WriteText(row.OriginTopic);
        importer.WriteInteger(row.OriginPartition);
        if (row.OriginOffset is { } offset)
        {
            importer.Write(offset, NpgsqlDbType.Bigint);
        }
        else
        {
            importer.WriteNull();
        }

        importer.WriteBytes(row.Key);
        importer.WriteBytes(row.Payload);
        importer.Write(row.PayloadLength, NpgsqlDbType.Bigint);
        importer.WriteTime(row.FailedAt);
    }
}
