using System.Globalization;

namespace AuditIntel.DevStack.Broker;

/// <summary>The broker's options under Kafka's names, for DescribeConfigs.</summary>
internal static class BrokerConfig
{
    public static IEnumerable<TopicSetting> Describe(EmbeddedBrokerOptions options)
    {
        yield return Entry("auto.create.topics.enable", options.AutoCreateTopics ? "true" : "false", 1);
        yield return Entry("broker.id", Text(BrokerState.NodeId), 3);
        yield return Entry("default.replication.factor", "1", 3);
        yield return Entry("delete.topic.enable", "true", 1);
        yield return Entry("group.initial.rebalance.delay.ms", Text((long)options.GroupInitialRebalanceDelay.TotalMilliseconds), 3);
        yield return Entry("log.dirs", Path.GetFullPath(options.DataDirectory), 2);
        yield return Entry("log.retention.check.interval.ms", Text((long)options.MaintenanceInterval.TotalMilliseconds), 5);
        yield return Entry("num.partitions", Text(options.DefaultPartitions), 3);
        yield return Entry("socket.request.max.bytes", Text(options.MaxRequestBytes), 3);
        yield return Entry("transaction.max.timeout.ms", Text((long)options.TransactionMaxTimeout.TotalMilliseconds), 3);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static TopicSetting Entry(string name, string value, sbyte type) => new(name, value, value, type, ConfigSource.Broker);
}
