using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Alerts;

/// <summary>
/// The rules as a stage of a topology:
/// <code>
/// AlertStage.AddStores(builder, alertSerde);
/// scored.Process(() => AlertStage.Processor(rules), "alert-rules", AlertStage.StoreNames)
///     .To(Topics.Alerts.Name, new Produced&lt;string, Alert&gt;(Serdes.Utf8, alertSerde) { Name = "alerts" });
/// </code>
/// </summary>
public static class AlertStage
{
    /// <summary>Names of the stores that the processor must be connected with.</summary>
    public static string[] StoreNames => [AlertRuleProcessor.WindowStore, AlertRuleProcessor.RaisedStore];

    /// <param name="builder">The topology.</param>
    /// <param name="alerts">As the alerts topic is written: the store keeps what was sent, so that it can be taken back.</param>
    public static void AddStores(StreamsBuilder builder, ISerde<Alert> alerts)
    {
        builder.AddStateStore(Stores.KeyValue(AlertRuleProcessor.WindowStore, Serdes.Utf8, Serdes.Utf8));
        builder.AddStateStore(Stores.KeyValue(AlertRuleProcessor.RaisedStore, Serdes.Utf8, new RaisedAlertsSerde(alerts)));
    }

    /// <summary>A processor for one task. It takes any key and gives <c>chainId/address</c>; retracted transactions come through it as well.</summary>
    public static IProcessor<string, ScoredTransaction, string, Alert> Processor(AlertRuleSet rules) => new AlertRuleProcessor(rules);
}
