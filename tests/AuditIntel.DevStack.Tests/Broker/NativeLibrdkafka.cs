#if SYSTEM_LIBRDKAFKA
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>Points Confluent.Kafka at the machine's own librdkafka before the first client.</summary>
internal static class NativeLibrdkafka
{
    [ModuleInitializer]
    internal static void Use() => NativeLibrary.SetDllImportResolver(
        typeof(AdminClientBuilder).Assembly,
        (name, _, _) => name.Contains("rdkafka", StringComparison.Ordinal) ? NativeLibrary.Load("librdkafka.so.1") : IntPtr.Zero);
}
#endif
