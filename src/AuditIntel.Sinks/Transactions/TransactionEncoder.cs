using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Makes stored transactions of scored ones that keep the tables' limits. For one thread.</summary>
internal sealed class TransactionEncoder : IDisposable
{
    private readonly CopyBuffer _columns = new();

    // The same scorer nearly always comes again.
    private Scorer? _last;

    public StoredTransaction Encode(ScoredTransaction transaction)
    {
        _columns.Clear();
        var scorerAt = TransactionRows.Write(_columns, transaction);
        if (_last is not { } scorer || !scorer.Is(transaction))
        {
            scorer = Scorer.Of(transaction);
            _last = scorer;
        }

        return new StoredTransaction(
            new TransactionKey(HashValue.ParseOrNone(transaction.Hash), transaction.ChainId, transaction.Timestamp.UtcTicks),
            HashValue.ParseOrNone(transaction.BlockHash),
            transaction.ScoredAt,
            transaction.Removed,
            scorer,
            _columns.Written.ToArray(),
            scorerAt);
    }

    public void Dispose() => _columns.Dispose();
}
