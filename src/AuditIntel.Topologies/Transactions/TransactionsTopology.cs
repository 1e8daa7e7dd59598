using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;
using AuditIntel.Topologies.Alerts;
using AuditIntel.Topologies.Serving;
using AuditIntel.Topologies.Transactions.State;
using AnomalySeverity = AuditIntel.Contracts.AnomalySeverity;

namespace AuditIntel.Topologies.Transactions;

/// <summary>
/// chain.transactions to transactions.scored, anomalies and alerts, with the models and the address labels as global tables. All of a chain lies in
/// one partition of the input (the collectors see to it), so a task has the whole state of its chains.
/// </summary>
public static class TransactionsTopology
{
    /// <summary>Consumer group of the topology, and prefix of its changelogs.</summary>
    public const string ApplicationId = "auditintel.transactions-topology";

    /// <param name="serdes">How the topics are read and written.</param>
    /// <param name="options">How transactions are judged.</param>
    /// <param name="rules">Which of them people are told of.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public static Topology Build(TransactionsSerdes serdes, TransactionsOptions options, AlertRuleSet rules)
    {
        if (string.Join(' ', options.Validate()) is { Length: > 0 } faults)
        {
            throw new ArgumentException(faults, nameof(options));
        }

        var builder = new StreamsBuilder();
        var models = new ServingModelSerde<TransactionModel>(serdes.Model, TransactionModelRecord.ModelId, TransactionModelRecord.Read);
        builder.AddGlobalStore(
            TransactionsStores.Models, Topics.Models.Name, new Consumed<string, ServingModel<TransactionModel>>(Serdes.Utf8, models) { Name = "models" });
        builder.AddGlobalStore(
            TransactionsStores.Labels, Topics.AddressLabels.Name, new Consumed<AccountKey, AddressLabel>(StateSerdes.AccountKeys, serdes.Label) { Name = "address-labels" });
        builder.AddStateStore(Stores.KeyValue(TransactionsStores.Seen, StateSerdes.TransactionKeys, StateSerdes.Seen));
        builder.AddStateStore(Stores.KeyValue(TransactionsStores.Accounts, StateSerdes.AccountKeys, StateSerdes.Accounts));
        builder.AddStateStore(Stores.KeyValue(TransactionsStores.Pairs, StateSerdes.PairKeys, StateSerdes.Pairs));
        builder.AddStateStore(Stores.KeyValue(TransactionsStores.Chains, Serdes.Int64, StateSerdes.Chains));
        AlertStage.AddStores(builder, serdes.Alert);

        KStream<string, TransactionJudgement> judged = builder
            .Stream(Topics.ChainTransactions.Name, new Consumed<string, ChainTransaction>(Serdes.Utf8, serdes.Transaction) { Name = "chain-transactions" })
            .Process(
                () => new TransactionScorer(options),
                "score",
                TransactionsStores.Seen,
                TransactionsStores.Accounts,
                TransactionsStores.Pairs,
                TransactionsStores.Chains);
        KStream<string, ScoredTransaction> scored = judged.MapValues((_, judgement) => judgement!.Transaction, "scored");
        scored.To(Topics.ScoredTransactions.Name, new Produced<string, ScoredTransaction>(Serdes.Utf8, serdes.Scored) { Name = "scored-transactions" });
        judged
            .Filter((_, judgement) => judgement!.Transaction.Severity != AnomalySeverity.None, "is-anomaly")
            .MapValues((_, judgement) => ScoredTransactions.Anomaly(judgement!.Transaction, judgement.IsAboutReceiver), "anomaly")
            .SelectKey((_, anomaly) => ChainKey.Of(anomaly!.ChainId, anomaly.Address), "address")
            .To(Topics.Anomalies.Name, new Produced<string, Anomaly>(Serdes.Utf8, serdes.Anomaly) { Name = "anomalies" });
        scored
            .Process(() => AlertStage.Processor(rules), "alert-rules", AlertStage.StoreNames)
            .To(Topics.Alerts.Name, new Produced<string, Alert>(Serdes.Utf8, serdes.Alert) { Name = "alerts" });
        return builder.Build();
    }
}
