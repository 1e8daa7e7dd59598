using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <summary>The rd_kafka_t* of a Confluent.Kafka client. It belongs to the client: never destroyed here.</summary>
internal static class ClientHandle
{
    public static nint Of(IClient client)
    {
        PropertyInfo property = typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            ?? throw new NotSupportedException($"Confluent.Kafka {typeof(Handle).Assembly.GetName().Version} keeps its native handle elsewhere.");
        var handle = (SafeHandle)property.GetValue(client.Handle)!;
        return handle.DangerousGetHandle();
    }
}
