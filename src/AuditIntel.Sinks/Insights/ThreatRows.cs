using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Insights;

/// <summary>Writes emerging threats in the column order of copy_threats.sql.</summary>
internal static class ThreatRows
{
    public static void Write(NpgsqlBinaryImporter importer, ThreatRow row)
    {
        var threat = row.Threat;
        importer.StartRow();
        importer.WriteText(threat.Type);
        importer.WriteText(threat.Name);
        importer.Write(threat.Kind.ToSymbol().ToLowerInvariant(), NpgsqlDbType.Text);
        importer.WriteInteger(threat.WindowDays);
        importer.Write(threat.WindowStart, NpgsqlDbType.Date);
        importer.Write(threat.WindowEnd, NpgsqlDbType.Date);
        importer.WriteBigint(threat.Count);
        importer.WriteBigint(threat.PreviousCount);
        importer.WriteDouble(threat.Growth);
        importer.WriteDouble(threat.AdjustedPValue);
        importer.WriteTexts(threat.Platforms);
        importer.Write(threat.WorstSeverity.ToSymbol().ToLowerInvariant(), NpgsqlDbType.Text);
        importer.WriteBigint(threat.Risk);
        importer.WriteText(threat.Recommendation);
        importer.Write(row.IsGone, NpgsqlDbType.Boolean);
    }
}
