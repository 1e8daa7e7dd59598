using AuditIntel.Contracts;
using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// What one sink stores: the topics it reads, how their records become values, and how values become rows. The engine (<see cref="PostgresSink"/>)
/// brings the values in batches, fences, isolates what the database refuses, and stores dead letters itself. One instance serves one sink.
/// </summary>
internal interface ISinkContent
{
    IReadOnlyList<string> TopicNames { get; }

    /// <summary>Name of the SQL file that makes the session's staging tables.</summary>
    string CreateStaging { get; }

    /// <summary>Name of the SQL file that empties them, and staged_dead_letters.</summary>
    string ClearStaging { get; }

    /// <summary>The value of a record; a <see cref="DeadLetter"/> goes to the engine's own table.</summary>
    /// <exception cref="AuditIntel.Avro.AvroException">The bytes cannot be read, or the registry does not answer.</exception>
    object Decode(string topic, ReadOnlySpan<byte> payload);

    /// <summary>What a record without value asks for.</summary>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="key">Record key.</param>
    /// <param name="why">When nothing is returned: what is wrong with the record, as "The record has ...".</param>
    /// <returns>Null when the topic has no tombstones or the key is none of its.</returns>
    object? DecodeTombstone(string topic, ReadOnlySpan<byte> key, out string why);

    /// <summary>The limits of the tables that a well-formed value can break.</summary>
    /// <returns>Null, or one sentence that names field and fault.</returns>
    string? Fault(object value);

    /// <summary>What a batch keeps of a value without fault until its rows are written. Called where records are decoded.</summary>
    object Keep(object value) => value;

    /// <summary>Runs before a batch's transaction and outside it: what rows need and may stay when the batch does not.</summary>
    Task PrepareAsync(NpgsqlConnection connection, SinkStretch records, CancellationToken cancellationToken);

    /// <summary>Writes the rows of a stretch of a batch inside its transaction; values of the same row come in the order of the log.</summary>
    /// <param name="transaction">The batch's transaction, with its connection.</param>
    /// <param name="records">Records of the stretch; dead letters among them are the engine's.</param>
    /// <param name="isPart">True while a batch is taken apart to find what the database refuses.</param>
    /// <param name="written">Takes the numbers of rows that are new or changed.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task WriteAsync(NpgsqlTransaction transaction, SinkStretch records, bool isPart, RowCounts written, CancellationToken cancellationToken);
}
