using AuditIntel.Sinks.Postgres;
using Npgsql;

namespace AuditIntel.Sinks.Findings;

/// <summary>
/// Writes batches: one attempt is one database transaction that locks and compares the sink's offsets (the fence), copies rows into staging tables,
/// upserts them and advances the offsets. Used by one caller at a time. Holds one connection, which it gives up after any failure.
/// </summary>
internal sealed partial class FindingsWriter(PostgresFindingsSinkOptions options, SinkCounters counters, TimeProvider clock) : IAsyncDisposable
{
    private readonly SinkOffsets _offsets = new(options.SinkName);
    private readonly string _connectionString = SinkConnection.Settings(options);
    private NpgsqlConnection? _connection;

    /// <summary>One attempt to write the batch.</summary>
    /// <remarks>After an exception nothing of it is in the database, unless the answer to the commit got lost: then the next attempt finds out.</remarks>
    public async Task<WriteOutcome> WriteAsync(FindingsBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await AttemptAsync(batch, isolate: false, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (DatabaseFault.IsAboutData(e))
            {
                await CloseAsync().ConfigureAwait(false);
                return await AttemptAsync(batch, isolate: true, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Where the sink stands in these partitions; see <see cref="SinkOffsets.RegisterAsync"/>.</summary>
    public async Task<Dictionary<(string Topic, int Partition), long>> RegisterAsync(
        IReadOnlyList<(string Topic, int Partition, long Begin)> partitions, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await _offsets.RegisterAsync(connection, partitions, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts over in a partition whose topic ends before the stored offset.</summary>
    public async Task RewindAsync(string topic, int partition, long stored, long begin, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
            object[] parameters = [options.SinkName, topic, partition, stored, begin];
            await SqlResource.ExecuteAsync(connection, "rewind_offsets", parameters, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private async Task<WriteOutcome> AttemptAsync(FindingsBatch batch, bool isolate, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var fence = await _offsets.LockAsync(connection, batch.Spans, cancellationToken).ConfigureAwait(false);
            if (fence != WriteOutcome.Written)
            {
                return fence;
            }

            var written = new RowCounts();
            if (isolate)
            {
                await WriteInPartsAsync(connection, transaction, batch, written, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var rows = new BatchRows();
                rows.Take(batch, 0, batch.Records.Count);
                await WriteRowsAsync(connection, rows, written, cancellationToken).ConfigureAwait(false);
            }

            if (!await _offsets.AdvanceAsync(connection, batch.Spans, cancellationToken).ConfigureAwait(false))
            {
                return WriteOutcome.Fenced;
            }

            // Not cancelled half-way: a commit that was sent is waited for, bounded by the command timeout.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            counters.Add(written, batch.Records.Count);
            return WriteOutcome.Written;
        }
    }

    private async Task<NpgsqlConnection> ConnectionAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null)
        {
            return _connection;
        }

        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await SqlResource.ExecuteAsync(connection, "create_staging", [], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _connection = connection;
        return connection;
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task WriteRowsAsync(NpgsqlConnection connection, BatchRows rows, RowCounts written, CancellationToken cancellationToken)
    {
        var gone = rows.GoneContests.ToArray();
        if (gone.Length > 0)
        {
            object[] keys = [gone.Select(c => c.Platform).ToArray(), gone.Select(c => c.Contest).ToArray()];
            written.ContestsDeleted += await SqlResource.ExecuteAsync(connection, "delete_contests", keys, cancellationToken).ConfigureAwait(false);
        }

        written.Contests += await StoreAsync(connection, "contests", [.. rows.Contests], ContestRows.Write, cancellationToken).ConfigureAwait(false);
        written.Findings += await StoreAsync(connection, "findings", rows.Findings, FindingRows.Write, cancellationToken).ConfigureAwait(false);
        written.Duplicates += await StoreAsync(connection, "duplicates", rows.Duplicates, DuplicateRows.Write, cancellationToken).ConfigureAwait(false);
        written.DeadLetters += await StoreAsync(connection, "dead_letters", rows.DeadLetters, DeadLetterRows.Write, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Rows that are new or changed.</returns>
    private static async Task<int> StoreAsync<T>(
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
