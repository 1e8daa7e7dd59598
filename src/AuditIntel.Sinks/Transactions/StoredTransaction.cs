using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Transactions;

/// <summary>
/// A scored transaction from its arrival to its row: what rows of one key are merged by, and the columns ready to be copied. A batch keeps thousands of
/// them for a while, so the record itself, six times as large, is let go at once.
/// </summary>
/// <param name="Key">Primary key.</param>
/// <param name="Block">Hash of its block, or none.</param>
/// <param name="ScoredAt">A later score replaces an earlier one.</param>
/// <param name="IsRemoved">Whether it is a retraction.</param>
/// <param name="Scorer">Who scored it; its number is known only when the batch is written.</param>
/// <param name="Columns">All columns in the format of the binary COPY.</param>
/// <param name="ScorerAt">Where among them the scorer's number goes.</param>
internal sealed record StoredTransaction(
    TransactionKey Key, HashValue Block, DateTimeOffset ScoredAt, bool IsRemoved, Scorer Scorer, byte[] Columns, int ScorerAt)
{
    public DateTimeOffset OccurredAt => new(Key.OccurredAtTicks, TimeSpan.Zero);
}
