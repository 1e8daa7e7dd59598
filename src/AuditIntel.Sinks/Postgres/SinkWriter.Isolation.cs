using AuditIntel.Contracts;
using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <content>
/// A batch that the database refuses because of what a record says is taken apart, half by half, each part behind a savepoint, until the records
/// that are to blame stand alone; they become dead letters, all others are stored, and the offsets move in the same transaction as ever.
/// </content>
internal sealed partial class SinkWriter
{
    private const string SavepointName = "part";

    private async Task WriteInPartsAsync(
        NpgsqlTransaction transaction, SinkBatch batch, RowCounts written, CancellationToken cancellationToken)
    {
        var refused = new List<DeadLetter>();
        var parts = new Stack<(int Start, int Count)>();
        parts.Push((0, batch.Records.Count));
        while (parts.TryPop(out var part))
        {
            var fault = await TryPartAsync(transaction, batch, part, written, cancellationToken).ConfigureAwait(false);
            if (fault is null)
            {
                continue;
            }

            if (part.Count == 1)
            {
                refused.Add(Refused(batch, part.Start, fault));
                counters.PoisonRecord();
                continue;
            }

            // The first half is written first: the order of the log stays the order of the upserts.
            var half = part.Count / 2;
            parts.Push((part.Start + half, part.Count - half));
            parts.Push((part.Start, half));
        }

        await StoreAsync(transaction, refused, written, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Null when the part is written, otherwise why its content was refused.</returns>
    private async Task<Exception?> TryPartAsync(
        NpgsqlTransaction transaction,
        SinkBatch batch,
        (int Start, int Count) part,
        RowCounts written,
        CancellationToken cancellationToken)
    {
        await transaction.SaveAsync(SavepointName, cancellationToken).ConfigureAwait(false);
        var partWritten = new RowCounts();
        try
        {
            await WriteRowsAsync(transaction, batch.Stretch(part.Start, part.Count), isPart: true, partWritten, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (DatabaseFault.IsAboutData(e))
        {
            await transaction.RollbackAsync(SavepointName, cancellationToken).ConfigureAwait(false);
            return e;
        }

        await SqlResource.ExecuteAsync(ConnectionOf(transaction), content.ClearStaging, [], cancellationToken).ConfigureAwait(false);
        await transaction.ReleaseAsync(SavepointName, cancellationToken).ConfigureAwait(false);
        written.Add(partWritten);
        return null;
    }

    private DeadLetter Refused(SinkBatch batch, int index, Exception fault)
    {
        var record = batch.Records[index];
        var why = fault is PostgresException postgres ? $"{postgres.MessageText} ({postgres.SqlState})" : fault.Message;
        return SinkDeadLetter.Of(
            record.Topic,
            record.Partition,
            record.Offset,
            batch.Key(record),
            batch.Payload(record),
            "refused-by-database",
            $"PostgreSQL refuses the record at {record.Topic}-{record.Partition} offset {record.Offset}: {why}. Correct it at its source and collect it again.",
            clock.GetUtcNow());
    }
}
