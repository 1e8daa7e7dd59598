using AuditIntel.DevStack.Protocol;
using static AuditIntel.DevStack.Protocol.ApiKey;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>Every client, what it is tried in, and the APIs that each trial is there for.</summary>
internal static class ClientScenarios
{
    public const string ConfluentKafka = "Confluent.Kafka";
    public const string Kcat = "kcat";
    public const string KafkaJs = "kafkajs";
    public const string Platformatic = "@platformatic/kafka";
    public const string KafkaPython = "kafka-python";
    public const string ConfluentKafkaPython = "confluent-kafka-python";

    public static IReadOnlyList<ClientScenario> All { get; } =
    [
        new(KafkaJs, "compression", CreateTopics, Produce, Fetch),
        new(KafkaJs, "positions"),
        new(KafkaJs, "group"),
        new(KafkaJs, "resume"),
        new(KafkaJs, "transactions"),
        new(KafkaJs, "admin"),
        new(KafkaJs, "sasl"),
        new(Platformatic, "compression"),
        new(Platformatic, "positions"),
        new(Platformatic, "group"),
        new(Platformatic, "resume"),
        new(Platformatic, "transactions"),
        new(Platformatic, "admin"),
        new(Platformatic, "sasl"),
        new(KafkaPython, "compression"),
        new(KafkaPython, "positions"),
        new(KafkaPython, "group"),
        new(KafkaPython, "resume"),
        new(KafkaPython, "admin"),
        new(KafkaPython, "sasl"),
        new(ConfluentKafkaPython, "compression"),
        new(ConfluentKafkaPython, "positions"),
        new(ConfluentKafkaPython, "group"),
        new(ConfluentKafkaPython, "resume"),
        new(ConfluentKafkaPython, "transactions"),
        new(ConfluentKafkaPython, "admin"),
        new(ConfluentKafkaPython, "sasl"),
        new(ConfluentKafka, "compression"),
        new(ConfluentKafka, "positions"),
        new(ConfluentKafka, "group"),
        new(ConfluentKafka, "resume"),
        new(ConfluentKafka, "transactions"),
        new(ConfluentKafka, "admin"),
        new(ConfluentKafka, "sasl"),
        new(Kcat, "compression"),
        new(Kcat, "positions"),
        new(Kcat, "group"),
        new(Kcat, "resume"),
        new(Kcat, "transactions"),
        new(Kcat, "admin"),
        new(Kcat, "sasl"),
    ];

    public static TheoryData<string> Of(string client) => [.. All.Where(s => s.Client == client).Select(s => s.Name)];

    public static ClientScenario Find(string client, string name) => All.Single(s => s.Client == client && s.Name == name);
}
