using System.Reflection;
using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>Makes librdkafka known to this assembly and to Confluent.Kafka, once a process, before the first client.</summary>
internal static class LibrdkafkaLoader
{
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <exception cref="DllNotFoundException">The machine has no librdkafka; the message says how to install it.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
#if SYSTEM_LIBRDKAFKA
        if (!NativeLibrary.TryLoad("librdkafka.so.1", out nint library))
        {
            throw new DllNotFoundException("librdkafka.so.1 cannot be loaded. Install it: apt-get install librdkafka1.");
        }

        nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
            name.Contains("rdkafka", StringComparison.OrdinalIgnoreCase) ? library : 0;

        NativeLibrary.SetDllImportResolver(typeof(Confluent.Kafka.AdminClientBuilder).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(LibrdkafkaLoader).Assembly, Resolve);
#endif
        return true;
    }
}
