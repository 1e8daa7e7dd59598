using AuditIntel.Contracts;
using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// Writes batches: one attempt is one database transaction that locks and compares the sink's offsets (the fence), copies rows into staging tables,
/// upserts them and advances the offsets. Used by one caller at a time. Holds one connection, which it gives up after any failure.
/// </summary>
internal sealed partial class SinkWriter(PostgresSinkOptions options, ISinkContent content, SinkCounters counters, TimeProvider clock) : IAsyncDisposable
{
    private readonly SinkOffsets _offsets = new(options.SinkName);
    private readonly string _connectionString = SinkConnection.Settings(options);
    private NpgsqlConnection? _connection;

    /// <summary>One attempt to write the batch.</summary>
    /// <remarks>After an exception nothing of it is in the database, unless the answer to the commit got lost: then the next attempt finds out.</remarks>
    public async Task<WriteOutcome> WriteAsync(SinkBatch batch, CancellationToken cancellationToken)
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

    private async Task<WriteOutcome> AttemptAsync(SinkBatch batch, bool isolate, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
        await content.PrepareAsync(connection, batch.Stretch(0, batch.Records.Count), cancellationToken).ConfigureAwait(false);
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
                await WriteInPartsAsync(transaction, batch, written, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await WriteRowsAsync(transaction, batch.Stretch(0, batch.Records.Count), isPart: false, written, cancellationToken).ConfigureAwait(false);
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
            await SqlResource.ExecuteAsync(connection, "create_dead_letters_staging", [], cancellationToken).ConfigureAwait(false);
            await SqlResource.ExecuteAsync(connection, content.CreateStaging, [], cancellationToken).ConfigureAwait(false);
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

    private async Task WriteRowsAsync(
        NpgsqlTransaction transaction, SinkStretch records, bool isPart, RowCounts written, CancellationToken cancellationToken)
    {
        await content.WriteAsync(transaction, records, isPart, written, cancellationToken).ConfigureAwait(false);
        await StoreAsync(transaction, DeadLettersOf(records), written, cancellationToken).ConfigureAwait(false);
    }

    private static List<DeadLetter> DeadLettersOf(SinkStretch records)
    {
        var letters = new List<DeadLetter>();
        foreach (ref readonly var record in records.Records)
        {
            if (record.Value is DeadLetter letter)
            {
                letters.Add(letter);
            }
        }

        return letters;
    }

    private static async Task StoreAsync(NpgsqlTransaction transaction, List<DeadLetter> letters, RowCounts written, CancellationToken cancellationToken)
    {
        var stored = await StagedRows.StoreAsync(ConnectionOf(transaction), "dead_letters", letters, DeadLetterRows.Write, cancellationToken).ConfigureAwait(false);
        written.Add(SinkTable.DeadLetters, stored);
    }

    private static NpgsqlConnection ConnectionOf(NpgsqlTransaction transaction) =>
        transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
}
