using System.Runtime.CompilerServices;
using AuditIntel.Kafka;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>Has the product load librdkafka before a test makes the first client with Confluent.Kafka alone: a process can choose only once.</summary>
internal static class NativeLibrdkafka
{
    [ModuleInitializer]
    internal static void Use() => new TopicAdmin(new KafkaOptions { BootstrapServers = "127.0.0.1:1" }).Dispose();
}
