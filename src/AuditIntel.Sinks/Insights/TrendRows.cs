using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Insights;

/// <summary>Writes trends in the column order of copy_trends.sql.</summary>
internal static class TrendRows
{
    public static void Write(NpgsqlBinaryImporter importer, TrendRow row)
    {
        var trend = row.Trend;
        importer.StartRow();
        importer.Write(trend.Dimension.ToSymbol().ToLowerInvariant(), NpgsqlDbType.Text);
        importer.WriteText(trend.Value);
        importer.WriteInteger(trend.WindowDays);

        // Npgsql writes the first day that there is as -infinity: the findings without date.
        importer.Write(trend.WindowStart ?? DateOnly.MinValue, NpgsqlDbType.Date);
        importer.Write(trend.WindowEnd ?? DateOnly.MinValue, NpgsqlDbType.Date);
        importer.WriteBigint(trend.Count);
        importer.WriteBigint(trend.PreviousCount);
        importer.Write(trend.Direction.ToSymbol().ToLowerInvariant(), NpgsqlDbType.Text);
        importer.WriteDouble(trend.PValue);
        importer.WriteDouble(trend.AdjustedPValue);
        importer.WriteBigint(trend.Critical);
        importer.WriteBigint(trend.High);
        importer.WriteBigint(trend.Medium);
        importer.WriteBigint(trend.Low);
        importer.WriteBigint(trend.Risk);
        importer.WriteInteger(trend.Rank);
        importer.WriteText(trend.Recommendation);
        importer.WriteText(trend.TrainingNeed);
        importer.Write(row.IsGone, NpgsqlDbType.Boolean);
    }
}
