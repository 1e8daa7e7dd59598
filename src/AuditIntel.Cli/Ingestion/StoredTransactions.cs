using Dapper;
using Npgsql;

namespace AuditIntel.Cli.Ingestion;

/// <summary>What the database holds of the transactions of a run.</summary>
internal sealed record StoredTransactions(long Stored, long Scored, long Anomalies, long Alerts, IReadOnlyDictionary<string, long> BySeverity)
{
    /// <summary>Counts the rows that carry one of the hashes and are not taken back.</summary>
    public static async Task<StoredTransactions> CountAsync(string connectionString, TransactionSet transactions, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);

        // Hash joins in memory: no index is worth its making for three questions.
        await connection.ExecuteAsync("set work_mem = '64MB'; create temporary table run_transactions (chain_id bigint, hash bytea)");
        await Task.Run(() => Copy(connection, transactions, cancellationToken), cancellationToken);
        await connection.ExecuteAsync("analyze run_transactions");
        (long stored, long scored) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
            """
            select count(*), count(*) filter (where scorers.model_id <> '')
            from transactions join run_transactions using (hash, chain_id) left join scorers on scorers.id = transactions.scorer
            where not removed
            """,
            cancellationToken: cancellationToken));
        IEnumerable<(string Severity, long Count)> bySeverity = await connection.QueryAsync<(string, long)>(new CommandDefinition(
            "select severity::text, count(*) from anomalies join run_transactions using (hash, chain_id) where not removed group by 1 order by 2 desc, 1",
            cancellationToken: cancellationToken));
        Dictionary<string, long> anomalies = bySeverity.ToDictionary(row => row.Severity, row => row.Count);
        long alerts = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from alerts join run_transactions run on alerts.transaction_hash = hex(run.hash) and alerts.chain_id = run.chain_id where not resolved", cancellationToken: cancellationToken));
        return new StoredTransactions(stored, scored, anomalies.Values.Sum(), alerts, anomalies);
    }

    private static void Copy(NpgsqlConnection connection, TransactionSet transactions, CancellationToken cancellationToken)
    {
        using NpgsqlBinaryImporter import = connection.BeginBinaryImport("copy run_transactions (chain_id, hash) from stdin (format binary)");
        foreach ((long chainId, byte[] hash) in transactions.All())
        {
            cancellationToken.ThrowIfCancellationRequested();
            import.StartRow();
            import.Write(chainId, NpgsqlTypes.NpgsqlDbType.Bigint);
            import.Write(hash, NpgsqlTypes.NpgsqlDbType.Bytea);
        }

        import.Complete();
    }
}
