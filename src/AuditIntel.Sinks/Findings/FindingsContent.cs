using System.Text;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;

namespace AuditIntel.Sinks.Findings;

/// <summary>Contests, findings and duplicates: from their topics to their tables.</summary>
internal sealed class FindingsContent(SchemaRegistryClient registry, IReadOnlyList<string> deadLetterTopics) : ISinkContent
{
    private readonly ConfluentAvroDeserializer<Contest> _contests = new(registry);
    private readonly ConfluentAvroDeserializer<Finding> _findings = new(registry);
    private readonly ConfluentAvroDeserializer<FindingDuplicate> _duplicates = new(registry);
    private readonly ConfluentAvroDeserializer<DeadLetter> _deadLetters = new(registry);

    public IReadOnlyList<string> TopicNames { get; } =
        [Topics.Contests.Name, Topics.Findings.Name, Topics.FindingDuplicates.Name, .. deadLetterTopics];

    public string CreateStaging => "create_findings_staging";

    public string ClearStaging => "clear_findings_staging";

    public object Decode(string topic, ReadOnlySpan<byte> payload)
    {
        if (topic == Topics.Findings.Name)
        {
            return _findings.Deserialize(payload);
        }

        if (topic == Topics.FindingDuplicates.Name)
        {
            return _duplicates.Deserialize(payload);
        }

        return topic == Topics.Contests.Name ? _contests.Deserialize(payload) : _deadLetters.Deserialize(payload);
    }

    public object? DecodeTombstone(string topic, ReadOnlySpan<byte> key, out string why)
    {
        var isContest = topic == Topics.Contests.Name;
        why = isContest ? "a key that is not platform/contest" : "no value; only the contests topic has tombstones";
        return isContest ? ContestRef.TryParse(Encoding.UTF8.GetString(key)) : null;
    }

    public string? Fault(object value) => FindingRules.Fault(value);

    public Task PrepareAsync(NpgsqlConnection connection, SinkStretch records, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task WriteAsync(
        NpgsqlTransaction transaction, SinkStretch records, bool isPart, RowCounts written, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        var rows = new BatchRows();
        rows.Take(records);
        var gone = rows.GoneContests.ToArray();
        if (gone.Length > 0)
        {
            object[] keys = [gone.Select(c => c.Platform).ToArray(), gone.Select(c => c.Contest).ToArray()];
            written.Add(SinkTable.ContestsDeleted, await SqlResource.ExecuteAsync(connection, "delete_contests", keys, cancellationToken).ConfigureAwait(false));
        }

        written.Add(
            SinkTable.Contests, await StagedRows.StoreAsync(connection, "contests", [.. rows.Contests], ContestRows.Write, cancellationToken).ConfigureAwait(false));
        written.Add(
            SinkTable.Findings, await StagedRows.StoreAsync(connection, "findings", rows.Findings, FindingRows.Write, cancellationToken).ConfigureAwait(false));
        written.Add(
            SinkTable.FindingDuplicates,
            await StagedRows.StoreAsync(connection, "duplicates", rows.Duplicates, DuplicateRows.Write, cancellationToken).ConfigureAwait(false));
    }
}
