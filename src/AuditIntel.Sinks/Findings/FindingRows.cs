using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Findings;

/// <summary>Writes findings in the column order of copy_findings.sql.</summary>
internal static class FindingRows
{
    public static void Write(NpgsqlBinaryImporter importer, Finding row)
    {
        importer.StartRow();
        importer.Write(row.Id, NpgsqlDbType.Text);
        importer.Write(row.ContentHash, NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Platform), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Contest), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.NativeId), NpgsqlDbType.Text);
        importer.WriteText(row.Url);
        importer.WriteTexts(row.Authors);
        importer.Write(Label(row.Severity), NpgsqlDbType.Text);
        importer.WriteText(row.SeverityLabel);
        importer.Write(PostgresText.Clean(row.Title), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.Body), NpgsqlDbType.Text);
        importer.Write(PostgresText.Clean(row.VulnerabilityType), NpgsqlDbType.Text);
        importer.Write(row.TypeConfidence, NpgsqlDbType.Double);
        importer.WriteTexts(row.Swc);
        importer.WriteTexts(row.Cwe);
        importer.WriteText(row.ContestName);
        importer.WriteText(row.ContestCategory);
        importer.WriteNumeric(row.PrizePoolUsd);
        importer.Write(PostgresText.Clean(row.SourcePath), NpgsqlDbType.Text);
        importer.WriteTime(row.PublishedAt);
        importer.WriteTime(row.CollectedAt);
        importer.WriteText(FindingReading.Of(row));
    }

    /// <summary>The label of the database's enum severity.</summary>
    public static string Label(Severity severity) => severity switch
    {
        Severity.Unknown => "unknown",
        Severity.Gas => "gas",
        Severity.Informational => "informational",
        Severity.Low => "low",
        Severity.Medium => "medium",
        Severity.High => "high",
        Severity.Critical => "critical",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "The database's enum severity has no label for this value."),
    };
}
