using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Table sink_offsets for one sink.</summary>
internal sealed class SinkOffsets(string sinkName)
{
    /// <summary>Where the sink stands in these partitions; partitions that it meets for the first time start at the given offsets.</summary>
    public async Task<Dictionary<(string Topic, int Partition), long>> RegisterAsync(
        NpgsqlConnection connection, IReadOnlyList<(string Topic, int Partition, long Begin)> partitions, CancellationToken cancellationToken)
    {
        var topics = partitions.Select(p => p.Topic).ToArray();
        var numbers = partitions.Select(p => p.Partition).ToArray();
        object[] begins = [sinkName, topics, numbers, partitions.Select(p => p.Begin).ToArray()];
        await SqlResource.ExecuteAsync(connection, "register_offsets", begins, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(connection, "read_offsets", topics, numbers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Locks the partitions of a batch until the end of the transaction and tells whether the batch may be written:
    /// <see cref="WriteOutcome.Written"/> means go on.
    /// </summary>
    public async Task<WriteOutcome> LockAsync(NpgsqlConnection connection, IReadOnlyList<PartitionSpan> spans, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(
            connection, "lock_offsets", [.. spans.Select(s => s.Topic)], [.. spans.Select(s => s.Partition)], cancellationToken).ConfigureAwait(false);
        if (spans.All(s => stored.TryGetValue((s.Topic, s.Partition), out var offset) && offset == s.Expected))
        {
            return WriteOutcome.Written;
        }

        // The commit of an earlier attempt may have succeeded although its answer never came.
        return spans.All(s => stored.TryGetValue((s.Topic, s.Partition), out var offset) && offset == s.Next)
            ? WriteOutcome.WrittenBefore
            : WriteOutcome.Fenced;
    }

    /// <returns>False when a partition does not stand where the batch expects it.</returns>
    public async Task<bool> AdvanceAsync(NpgsqlConnection connection, IReadOnlyList<PartitionSpan> spans, CancellationToken cancellationToken)
    {
        object[] parameters =
        [
            sinkName,
            spans.Select(s => s.Topic).ToArray(),
            spans.Select(s => s.Partition).ToArray(),
            spans.Select(s => s.Expected).ToArray(),
            spans.Select(s => s.Next).ToArray(),
        ];
        return await SqlResource.ExecuteAsync(connection, "advance_offsets", parameters, cancellationToken).ConfigureAwait(false) == spans.Count;
    }

    private async Task<Dictionary<(string Topic, int Partition), long>> ReadAsync(
        NpgsqlConnection connection, string statement, string[] topics, int[] partitions, CancellationToken cancellationToken)
    {
        var stored = new Dictionary<(string, int), long>();
        var command = SqlResource.Command(connection, statement, sinkName, topics, partitions);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    stored[(reader.GetString(0), reader.GetInt32(1))] = reader.GetInt64(2);
                }
            }
        }

        return stored;
    }
}
