using AuditIntel.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Writes dead letters in the column order of copy_dead_letters.sql.</summary>
internal static class DeadLetterRows
{
    /// <returns>Null, or one sentence that names field and fault.</returns>
    public static string? Fault(DeadLetter row) =>
        TableRules.IdFault("id", row.Id) ?? TableRules.KeyFault("stage", row.Stage) ?? TableRules.KeyFault("errorClass", row.ErrorClass);

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
        importer.WriteBigint(row.OriginOffset);
        importer.WriteBytes(row.Key);
        importer.WriteBytes(row.Payload);
        importer.Write(row.PayloadLength, NpgsqlDbType.Bigint);
        importer.WriteTime(row.FailedAt);
    }
}
