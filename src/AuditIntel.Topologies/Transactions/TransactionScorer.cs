using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.State;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;
using AuditIntel.Topologies.Serving;
using AuditIntel.Topologies.Transactions.State;
using AnomalySeverity = AuditIntel.Contracts.AnomalySeverity;
using ChainTransaction = AuditIntel.Contracts.ChainTransaction;
using PlainTransaction = AuditIntel.Intelligence.Transactions.ChainTransaction;

namespace AuditIntel.Topologies.Transactions;

/// <summary>
/// Scores each transaction once, with the state that earlier ones left. A transaction that comes again from the same block is passed over; one that a
/// reorganisation took back goes out once more with <c>removed</c>, and is scored anew when another block brings it. What an orphan has added to the features'
/// state stays there: sums cannot be undone exactly, and one record more or less of an account is no news.
/// </summary>
internal sealed class TransactionScorer(TransactionsOptions options) : IProcessor<string, ChainTransaction, string, TransactionJudgement>
{
    private readonly float[] _vector = new float[FeatureSchema.Count];
    private readonly StateLimits _limits = new(options.RememberedAccounts, options.RememberedPairs, options.RememberedTransactions);

    private IProcessorContext<string, TransactionJudgement> _context = null!;
    private IKeyValueStore<TransactionKey, SeenTransaction> _seen = null!;
    private IReadOnlyKeyValueStore<string, ServingModel<TransactionModel>> _models = null!;
    private AddressLabels _labels = null!;
    private FeatureExtractor _features = null!;

    public void Init(IProcessorContext<string, TransactionJudgement> context)
    {
        _context = context;
        _seen = context.GetStateStore<TransactionKey, SeenTransaction>(TransactionsStores.Seen);
        _models = context.GetGlobalStore<string, ServingModel<TransactionModel>>(TransactionsStores.Models);
        _labels = new AddressLabels(context.GetGlobalStore<AccountKey, AddressLabel>(TransactionsStores.Labels));
        _features = new FeatureExtractor(new StoredTransactionState(
            context.GetStateStore<AccountKey, AccountState>(TransactionsStores.Accounts),
            context.GetStateStore<PairKey, PairState>(TransactionsStores.Pairs),
            context.GetStateStore<long, ChainState>(TransactionsStores.Chains),
            _limits));
    }

    public void Process(in Record<string, ChainTransaction> record)
    {
        if (record.Value is not { } transaction)
        {
            throw new InvalidTransactionException("value", "A record of the transactions topic has no value; a retraction is the record once more with 'removed'.");
        }

        TransactionKey key = TransactionReader.KeyOf(transaction);
        HashValue block = TransactionReader.BlockOf(transaction);
        PlainTransaction plain = TransactionReader.Read(transaction);
        bool known = _seen.TryGet(key, out SeenTransaction seen);
        if (transaction.Removed)
        {
            if (known && !seen.IsRemoved && IsSameBlock(seen.Block, block))
            {
                Retract(record, plain, key, seen);
            }
            else
            {
                TransactionsMetrics.Ignored.Add(1, TransactionsMetrics.UnknownRetraction);
            }

            return;
        }

        if (known && !seen.IsRemoved && IsSameBlock(seen.Block, block))
        {
            TransactionsMetrics.Ignored.Add(1, TransactionsMetrics.Duplicate);
            return;
        }

        if (known && !seen.IsRemoved && seen.Severity != AnomalySeverity.None)
        {
            // Another block has it and nobody took back the first: its anomaly may not stay when the new judgement is another.
            Retract(record, plain, key, seen);
        }

        Score(record, plain, key, block);
    }

    /// <summary>A source that does not tell the block means the one that is known.</summary>
    private static bool IsSameBlock(HashValue one, HashValue other) => one.IsNone || other.IsNone || one == other;

    private void Score(in Record<string, ChainTransaction> record, in PlainTransaction plain, TransactionKey key, HashValue block)
    {
        ChainTransaction transaction = record.Value!;
        var sender = new AccountKey(plain.ChainId, plain.From);
        var receiver = new AccountKey(plain.ChainId, plain.To);
        ScoredTransaction scored = ScoredTransactions.Unscored(transaction, _labels.Of(sender, receiver), Now());
        _features.Extract(plain, _vector);
        if (_models.TryGet(TransactionModelRecord.ModelId, out ServingModel<TransactionModel>? serving) && serving.Model is { } model)
        {
            TransactionScore score = model.Score(_vector);
            bool isAnomaly = model.SeverityOf(score, options.Thresholds) != Intelligence.Transactions.Ensemble.AnomalySeverity.None;
            scored = scored.With(
                isAnomaly ? model.Explain(_vector, score, options.Thresholds, options.Reasons) : model.Judge(_vector, score, options.Thresholds), serving);
        }

        bool isAboutReceiver = AddressLabels.AreOfReceiverAlone(scored.Labels);
        _seen.Put(
            key,
            new SeenTransaction(block, record.TimestampMs, scored.Score, scored.Confidence, scored.Severity, isAboutReceiver, IsRemoved: false),
            record.TimestampMs);
        OldestEntries.Trim(_seen, _limits.Transactions, each => each.TimestampMs);
        TransactionsMetrics.Scored.Add(1);
        _context.Forward(record.WithValue(new TransactionJudgement(scored, isAboutReceiver)));
    }

    private void Retract(in Record<string, ChainTransaction> record, in PlainTransaction plain, TransactionKey key, in SeenTransaction seen)
    {
        IReadOnlyList<string> labels = _labels.Of(new AccountKey(plain.ChainId, plain.From), new AccountKey(plain.ChainId, plain.To));
        ChainTransaction orphan = record.Value! with { BlockHash = seen.Block.IsNone ? record.Value!.BlockHash : seen.Block.ToString() };
        _seen.Put(key, seen with { IsRemoved = true }, record.TimestampMs);
        TransactionsMetrics.Retracted.Add(1);
        _context.Forward(record.WithValue(new TransactionJudgement(ScoredTransactions.Unscored(orphan, labels, Now()).AsRemoved(seen), seen.IsAboutReceiver)));
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_context.WallClockTimeMs);
}
