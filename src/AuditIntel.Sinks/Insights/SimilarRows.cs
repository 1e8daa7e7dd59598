using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Insights;

/// <summary>
/// Writes pairs of similar findings in the column order of copy_similar.sql. A pair has one row whichever of the two it is told of; of several tellings the one
/// collected last stands, on a tie the one that is not withdrawn, whatever their order: they come from several tasks.
/// </summary>
internal static class SimilarRows
{
    public static (string Id, string OtherId) KeyOf(FindingDuplicate pair) =>
        string.CompareOrdinal(pair.Id, pair.CanonicalId) < 0 ? (pair.Id, pair.CanonicalId) : (pair.CanonicalId, pair.Id);

    public static FindingDuplicate Later(FindingDuplicate old, FindingDuplicate late) =>
        late.CollectedAt > old.CollectedAt || (late.CollectedAt == old.CollectedAt && (!late.Withdrawn || old.Withdrawn)) ? late : old;

    public static void Write(NpgsqlBinaryImporter importer, FindingDuplicate pair)
    {
        var (id, other) = KeyOf(pair);
        importer.StartRow();
        importer.Write(id, NpgsqlDbType.Text);
        importer.Write(other, NpgsqlDbType.Text);
        importer.WriteDouble(pair.Similarity);
        importer.Write(pair.CrossPlatform, NpgsqlDbType.Boolean);
        importer.WriteTexts(pair.Reasons);
        importer.Write(pair.Withdrawn, NpgsqlDbType.Boolean);
        importer.WriteTime(pair.CollectedAt);
    }
}
