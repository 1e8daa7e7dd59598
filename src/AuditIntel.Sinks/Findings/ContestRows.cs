using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Findings;

/// <summary>Writes contests in the column order of copy_contests.sql.</summary>
internal static class ContestRows
{
    public static void Write(NpgsqlBinaryImporter importer, Contest row)
    {
        importer.StartRow();
        importer.Write(PostgresText.Clean(row.Platform), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Id), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Name), NpgsqlDbType.Text);
        importer.WriteText(row.Category);
        importer.WriteNumeric(row.PrizePoolUsd);
        importer.WriteInteger(row.Auditors);
        importer.WriteInteger(row.HighFindings);
        if (row.StartedOn is { } startedOn)
        {
            importer.Write(startedOn, NpgsqlDbType.Date);
        }
        else
        {
            importer.WriteNull();
        }

        importer.WriteText(row.Url);
        importer.Write(PostgresText.Clean(row.SourcePath), NpgsqlDbType.Text);
        importer.WriteTime(row.CollectedAt);
    }
}
