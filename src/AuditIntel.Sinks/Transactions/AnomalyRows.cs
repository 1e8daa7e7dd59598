using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Writes anomalies in the column order of copy_anomalies.sql.</summary>
internal static class AnomalyRows
{
    public static void Write(NpgsqlBinaryImporter importer, Anomaly row, bool anchored)
    {
        importer.StartRow();
        importer.WriteTime(row.Timestamp);
        importer.Write(row.ChainId, NpgsqlDbType.Bigint);
        importer.Write(row.BlockNumber, NpgsqlDbType.Bigint);
        importer.Write(row.Score, NpgsqlDbType.Double);
        importer.Write(row.Confidence, NpgsqlDbType.Double);
        importer.WriteTime(row.CollectedAt);
        importer.WriteTime(row.DetectedAt);
        importer.Write(SeverityLabels.TextOf(row.Severity), NpgsqlDbType.Text);
        importer.Write(row.Removed, NpgsqlDbType.Boolean);
        importer.Write(row.Id, NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Kind), NpgsqlDbType.Text);
        importer.WriteHex(row.TransactionHash);
        importer.WriteHex(row.Address);
        importer.WriteHex(row.BlockHash);
        importer.WriteHex(row.From);
        importer.WriteHex(row.To);
        importer.Write(row.Value.Unscaled, NpgsqlDbType.Numeric);
        importer.WriteText(row.ModelId);
        importer.WriteText(row.ModelVersion);
        importer.WriteTexts(row.Labels);
        importer.Write(ScoreJson.Parts(row.Parts), NpgsqlDbType.Jsonb);
        importer.Write(ScoreJson.Reasons(row.Reasons), NpgsqlDbType.Jsonb);
        importer.Write(anchored, NpgsqlDbType.Boolean);
    }
}
