using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Findings;

/// <summary>Writes duplicates in the column order of copy_duplicates.sql.</summary>
internal static class DuplicateRows
{
    public static void Write(NpgsqlBinaryImporter importer, FindingDuplicate row)
    {
        importer.StartRow();
        importer.Write(row.Id, NpgsqlDbType.Text);
        importer.Write(row.CanonicalId, NpgsqlDbType.Text);
        importer.Write(row.ContentHash, NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Platform), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Contest), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.NativeId), NpgsqlDbType.Text);
        importer.WriteText(row.Url);
        importer.WriteTexts(row.Authors);
        importer.WriteText(row.SeverityLabel);
        importer.Write(PostgresText.Clean(row.Title), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Method), NpgsqlDbType.Text);
        importer.Write(row.Similarity, NpgsqlDbType.Double);
        importer.WriteTexts(row.Reasons);
        importer.Write(PostgresText.Clean(row.SourcePath), NpgsqlDbType.Text);
        importer.WriteTime(row.PublishedAt);
        importer.WriteTime(row.CollectedAt);
    }
}
