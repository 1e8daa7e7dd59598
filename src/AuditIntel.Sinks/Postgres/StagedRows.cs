using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Rows on their way through a staging table: one binary COPY (copy_*.sql), one upsert (upsert_*.sql).</summary>
internal static class StagedRows
{
    /// <returns>Rows that are new or changed.</returns>
    public static async Task<int> StoreAsync<T>(
        NpgsqlConnection connection, string rowKind, List<T> rows, Action<NpgsqlBinaryImporter, T> write, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        var importer = await connection.BeginBinaryImportAsync(SqlResource.Statement("copy_" + rowKind), cancellationToken).ConfigureAwait(false);
        await using (importer.ConfigureAwait(false))
        {
            WriteAll(importer, rows, write, cancellationToken);
            await importer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return await SqlResource.ExecuteAsync(connection, "upsert_" + rowKind, [], cancellationToken).ConfigureAwait(false);
    }

    // Synchronous on purpose: a column is a copy into the send buffer, an async state machine for each would cost more than the work.
    private static void WriteAll<T>(NpgsqlBinaryImporter importer, List<T> rows, Action<NpgsqlBinaryImporter, T> write, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            write(importer, row);
        }
    }
}
