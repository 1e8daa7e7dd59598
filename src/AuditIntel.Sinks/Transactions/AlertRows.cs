using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Writes alerts in the column order of copy_alerts.sql.</summary>
internal static class AlertRows
{
    public static void Write(NpgsqlBinaryImporter importer, AlertRow row)
    {
        var alert = row.Alert;
        importer.StartRow();
        importer.Write(alert.Id, NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(alert.RuleId), NpgsqlDbType.Text);
        importer.Write(SeverityLabels.TextOf(alert.Severity), NpgsqlDbType.Text);
        importer.WriteText(alert.Title);
        importer.WriteText(alert.Summary);
        importer.WriteText(alert.DeduplicationKey);
        importer.WriteBigint(alert.ChainId);
        importer.WriteText(alert.Address);
        importer.WriteText(alert.TransactionHash);
        importer.WriteBigint(alert.BlockNumber);
        if (alert.Value is { } value)
        {
            importer.Write(value.Unscaled, NpgsqlDbType.Numeric);
        }
        else
        {
            importer.WriteNull();
        }

        importer.WriteText(alert.AnomalyId);
        importer.WriteDouble(alert.Score);
        importer.WriteDouble(alert.Confidence);
        importer.Write(ScoreJson.Reasons(alert.Reasons), NpgsqlDbType.Jsonb);
        importer.WriteTexts(alert.Labels);
        importer.WriteTexts(alert.Channels);
        importer.Write(alert.Resolved, NpgsqlDbType.Boolean);
        importer.WriteTime(alert.OccurredAt);
        importer.WriteTime(alert.CollectedAt);
        importer.WriteTime(row.ToldAt);
        importer.WriteTime(alert.CreatedAt);
    }
}
