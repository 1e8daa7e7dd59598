using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Versions of models and the pointers to the newest ones.</summary>
internal static class ModelRows
{
    /// <param name="connection">Inside a batch's transaction.</param>
    /// <param name="models">Artefacts and tombstones, in the order of the log: a model whose last record is a tombstone has no newest version.</param>
    /// <param name="written">Takes the number of new versions.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task StoreAsync(NpgsqlConnection connection, List<object> models, RowCounts written, CancellationToken cancellationToken)
    {
        if (models.Count == 0)
        {
            return;
        }

        var versions = new LatestRows<(string Id, string Version), ModelArtifact>(m => (m.Id, m.Version), (old, _) => old);
        var isGone = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            if (model is ModelArtifact artifact)
            {
                versions.Put(artifact);
            }

            isGone[PostgresText.Clean(model is ModelArtifact { Id: var id } ? id : ((GoneModel)model).Id)] = model is GoneModel;
        }

        written.Add(
            SinkTable.ModelVersions, await StagedRows.StoreAsync(connection, "model_versions", versions.Rows, Write, cancellationToken).ConfigureAwait(false));
        object[] pointed = [isGone.Where(m => !m.Value).Select(m => m.Key).ToArray()];
        await SqlResource.ExecuteAsync(connection, "point_models", pointed, cancellationToken).ConfigureAwait(false);
        object[] gone = [isGone.Where(m => m.Value).Select(m => m.Key).ToArray()];
        await SqlResource.ExecuteAsync(connection, "delete_models", gone, cancellationToken).ConfigureAwait(false);
    }

    // The column order of copy_model_versions.sql.
    private static void Write(NpgsqlBinaryImporter importer, ModelArtifact row)
    {
        importer.StartRow();
        importer.WriteText(row.Id);
        importer.WriteText(row.Version);
        importer.WriteText(row.Kind);
        importer.WriteText(row.Format);
        importer.WriteTexts(row.Features);
        importer.Write(ScoreJson.Numbers(row.Metrics), NpgsqlDbType.Jsonb);
        importer.Write(ScoreJson.Texts(row.Parameters), NpgsqlDbType.Jsonb);
        importer.WriteBigint(row.Seed);
        importer.WriteText(row.TrainedOn);
        importer.WriteBigint(row.TrainedRows);
        importer.WriteTime(row.TrainedFrom);
        importer.WriteTime(row.TrainedUntil);
        importer.Write(row.Sha256, NpgsqlDbType.Text);
        importer.WriteBytes(row.Artifact);
        importer.WriteTime(row.CreatedAt);
    }
}
