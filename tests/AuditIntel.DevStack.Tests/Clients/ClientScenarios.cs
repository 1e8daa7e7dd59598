using AuditIntel.DevStack.Protocol;
using static AuditIntel.DevStack.Protocol.ApiKey;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>Every client, what it is tried in, and the APIs that it must ask for there.</summary>
internal static class ClientScenarios
{
    public const string ConfluentKafka = "Confluent.Kafka";
    public const string Kcat = "kcat";
    public const string KafkaPython = "kafka-python";
    public const string ConfluentKafkaPython = "confluent-kafka-python";
    public const string KafkaJs = "kafkajs";
    public const string Platformatic = "@platformatic/kafka";

    private static readonly ApiKey[] WriteAndRead = [ApiVersions, Metadata, Produce, Fetch];
    private static readonly ApiKey[] CreateWriteAndRead = [.. WriteAndRead, CreateTopics];
    private static readonly ApiKey[] Member = [FindCoordinator, JoinGroup, SyncGroup, Heartbeat, LeaveGroup];
    private static readonly ApiKey[] Offsets = [OffsetCommit, OffsetFetch];
    private static readonly ApiKey[] Transaction = [InitProducerId, AddPartitionsToTxn, EndTxn];
    private static readonly ApiKey[] TransactionWithOffsets = [.. Transaction, AddOffsetsToTxn, TxnOffsetCommit];
    private static readonly ApiKey[] Sasl = [SaslHandshake, SaslAuthenticate];
    private static readonly ApiKey[] TopicAdmin = [CreateTopics, DeleteTopics, CreatePartitions, DescribeConfigs, AlterConfigs];

    /// <value>All of them, clients in the order in which the table names them.</value>
    public static IReadOnlyList<ClientScenario> All { get; } =
    [
        new(ConfluentKafka, "compression", CreateWriteAndRead),
        new(ConfluentKafka, "positions", ListOffsets),
        new(ConfluentKafka, "group", Member),
        new(ConfluentKafka, "resume", Offsets),
        new(ConfluentKafka, "transactions", TransactionWithOffsets),
        new(ConfluentKafka, "admin", [.. TopicAdmin, DeleteRecords, ListGroups, DescribeGroups, DeleteGroups]),
        new(ConfluentKafka, "sasl", Sasl),
        new(ConfluentKafka, "tls", [.. Sasl, Produce, Fetch]),

        new(Kcat, "compression", WriteAndRead),
        new(Kcat, "positions", ListOffsets),
        new(Kcat, "group", Member),
        new(Kcat, "resume", Offsets),
        new(Kcat, "transactions", Transaction),
        new(Kcat, "admin", Metadata),
        new(Kcat, "sasl", Sasl),
        new(Kcat, "tls", [.. Sasl, Produce, Fetch]),

        new(KafkaPython, "compression", CreateWriteAndRead),
        new(KafkaPython, "positions", ListOffsets),
        new(KafkaPython, "group", Member),
        new(KafkaPython, "resume", Offsets),
        new(KafkaPython, "admin", [.. TopicAdmin, ListGroups, DescribeGroups, DeleteGroups, DescribeAcls]),

        // It sends the tokens bare, as clients did before SaslAuthenticate was there.
        new(KafkaPython, "sasl", SaslHandshake),
        new(KafkaPython, "tls", [SaslHandshake, Produce, Fetch]),

        new(ConfluentKafkaPython, "compression", CreateWriteAndRead),
        new(ConfluentKafkaPython, "positions", ListOffsets),
        new(ConfluentKafkaPython, "group", Member),
        new(ConfluentKafkaPython, "resume", Offsets),
        new(ConfluentKafkaPython, "transactions", TransactionWithOffsets),
        new(ConfluentKafkaPython, "admin", [.. TopicAdmin, ListGroups, DescribeGroups]),
        new(ConfluentKafkaPython, "sasl", Sasl),
        new(ConfluentKafkaPython, "tls", [.. Sasl, Produce, Fetch]),

        new(KafkaJs, "compression", CreateWriteAndRead),
        new(KafkaJs, "positions", ListOffsets),
        new(KafkaJs, "group", Member),
        new(KafkaJs, "resume", Offsets),
        new(KafkaJs, "transactions", TransactionWithOffsets),
        new(KafkaJs, "admin", [.. TopicAdmin, DeleteRecords, ListGroups, DescribeGroups, DeleteGroups, DescribeAcls]),
        new(KafkaJs, "sasl", Sasl),
        new(KafkaJs, "tls", [.. Sasl, Produce, Fetch]),

        new(Platformatic, "compression", CreateWriteAndRead),
        new(Platformatic, "positions", ListOffsets),
        new(Platformatic, "group", Member),
        new(Platformatic, "resume", Offsets),
        new(Platformatic, "transactions", TransactionWithOffsets),
        new(
            Platformatic,
            "admin",
            [.. TopicAdmin, IncrementalAlterConfigs, DeleteRecords, DescribeLogDirs, ListGroups, DescribeGroups, DeleteGroups, OffsetDelete, DescribeAcls]),
        new(Platformatic, "sasl", Sasl),
        new(Platformatic, "tls", [.. Sasl, Produce, Fetch]),
        new(
            Platformatic,
            "versions",
            [.. WriteAndRead, .. TransactionWithOffsets, .. Member, ListOffsets, OffsetForLeaderEpoch, CreatePartitions, DescribeConfigs,
                DescribeLogDirs, DescribeAcls, DescribeCluster, DescribeProducers, DescribeTransactions, ListTransactions]),
    ];

    public static TheoryData<string> Of(string client) => [.. All.Where(s => s.Client == client).Select(s => s.Name)];

    public static ClientScenario Find(string client, string name) => All.Single(s => s.Client == client && s.Name == name);
}
