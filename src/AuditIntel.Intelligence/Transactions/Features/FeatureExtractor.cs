using AuditIntel.Intelligence.Transactions.State;

namespace AuditIntel.Intelligence.Transactions.Features;

/// <summary>
/// Turns a stream of transactions into feature vectors. Everything is read from the state as earlier records left it; only then is the record
/// added, so no vector knows of its own record or of a later one. One extractor belongs to one thread, as its state does.
/// </summary>
/// <param name="state">What is remembered.</param>
/// <param name="labels">Addresses known as bad before the records come; null for none.</param>
public sealed class FeatureExtractor(ITransactionState state, IAddressLabels? labels = null)
{
    private readonly IAddressLabels _labels = labels ?? NoAddressLabels.Instance;

    /// <summary>Writes the vector of a transaction, then adds the transaction to the state.</summary>
    /// <param name="transaction">In the order of its chain, each once.</param>
    /// <param name="features"><see cref="FeatureSchema.Count"/> numbers, all finite.</param>
    public void Extract(in ChainTransaction transaction, Span<float> features)
    {
        long chain = transaction.ChainId;
        bool hasReceiver = !transaction.To.IsNone;
        AccountState? sender = state.GetAccount(chain, transaction.From);
        AccountState? receiver = !hasReceiver ? null : transaction.To == transaction.From ? sender : state.GetAccount(chain, transaction.To);
        PairState pair = hasReceiver ? state.GetPair(chain, transaction.From, transaction.To) : default;
        PairState back = hasReceiver ? state.GetPair(chain, transaction.To, transaction.From) : default;
        ChainState chainState = state.GetChain(chain);
        double relativePrice = chainState.Relative(transaction.GasPriceGwei);

        TransactionFeatures.Write(transaction, relativePrice, features[..FeatureSchema.SenderOffset]);
        AccountFeatures.Write(
            sender, transaction, sends: true, _labels.IsFlagged(chain, transaction.From), features[FeatureSchema.SenderOffset..FeatureSchema.ReceiverOffset]);
        AccountFeatures.Write(
            receiver,
            transaction,
            sends: false,
            hasReceiver && _labels.IsFlagged(chain, transaction.To),
            features[FeatureSchema.ReceiverOffset..FeatureSchema.PairOffset]);
        PairFeatures.Write(transaction, pair, back, sender, receiver, features[FeatureSchema.PairOffset..FeatureSchema.Count]);

        double senderReach = PairFeatures.Reach(sender);
        double receiverReach = PairFeatures.Reach(receiver);
        sender ??= new AccountState();
        sender.AddSent(transaction, relativePrice, receiverReach);
        if (hasReceiver)
        {
            receiver = transaction.To == transaction.From ? sender : receiver ?? new AccountState();
            receiver.AddReceived(transaction, senderReach);
            state.PutPair(chain, transaction.From, transaction.To, pair.Add(transaction));
            state.PutAccount(chain, transaction.To, receiver);
        }

        if (transaction.To != transaction.From)
        {
            state.PutAccount(chain, transaction.From, sender);
        }

        state.PutChain(chain, chainState.Add(transaction.GasPriceGwei));
    }
}
