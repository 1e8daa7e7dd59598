using Dapper;
using Npgsql;

namespace AuditIntel.Cli.Ingestion;

/// <summary>What the database holds of the findings of a run.</summary>
internal static class StoredFindings
{
    /// <summary>Rows of findings and duplicates together.</summary>
    public static async Task<long> RowsAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select (select count(*) from findings) + (select count(*) from finding_duplicates)", cancellationToken: cancellationToken));
    }

    /// <summary>Counts the rows that carry one of the ids.</summary>
    public static async Task<FindingCounts> CountAsync(
        string connectionString, IReadOnlyCollection<string> ids, long read, long rowsBefore, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("create temporary table run_ids (id text collate \"C\" primary key)");
        await using (NpgsqlBinaryImporter import = await connection.BeginBinaryImportAsync("copy run_ids (id) from stdin (format binary)", cancellationToken))
        {
            foreach (string id in ids)
            {
                await import.StartRowAsync(cancellationToken);
                await import.WriteAsync(id, NpgsqlTypes.NpgsqlDbType.Text, cancellationToken);
            }

            await import.CompleteAsync(cancellationToken);
        }

        await connection.ExecuteAsync("analyze run_ids");
        return new FindingCounts
        {
            Read = read,
            Stored = await connection.ExecuteScalarAsync<long>("select count(*) from findings join run_ids using (id)"),
            Duplicates = await connection.ExecuteScalarAsync<long>("select count(*) from finding_duplicates join run_ids using (id)"),
            Added = await RowsAsync(connectionString, cancellationToken) - rowsBefore,
            ByPlatform = await GroupAsync(connection, "platform"),
            BySeverity = await GroupAsync(connection, "severity::text"),
            ByType = await GroupAsync(connection, "vulnerability_type"),
        };
    }

    /// <param name="connection">Has the table of ids.</param>
    /// <param name="expression">One of the constants above, never a user's text.</param>
    private static async Task<IReadOnlyDictionary<string, long>> GroupAsync(NpgsqlConnection connection, string expression)
    {
        IEnumerable<(string Name, long Count)> rows = await connection.QueryAsync<(string Name, long Count)>(
            $"select {expression} as name, count(*) from findings join run_ids using (id) group by 1 order by 2 desc, 1");
        return rows.ToDictionary(row => row.Name, row => row.Count);
    }
}
