using System.Reflection;
using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>
/// Makes one librdkafka known to this assembly and to Confluent.Kafka, once a process, before the first client. Both must use the very same
/// loaded library, as one's client handles go into the other's calls.
/// </summary>
internal static class LibrdkafkaLoader
{
    private const string Name = "librdkafka";

    private static readonly Assembly Confluent = typeof(global::Confluent.Kafka.AdminClientBuilder).Assembly;

    private static readonly Lazy<nint> Library = new(Load);

    /// <exception cref="DllNotFoundException">There is no librdkafka; the message says how to install it.</exception>
    public static void EnsureLoaded() => _ = Library.Value;

    /// <summary>Lets the native declarations of a further assembly use the same library.</summary>
    internal static void Serve(Assembly assembly) =>
        NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == Name ? Library.Value : 0);

    private static nint Load()
    {
        nint library = Open();
        NativeLibrary.SetDllImportResolver(typeof(LibrdkafkaLoader).Assembly, (name, _, _) => name == Name ? library : 0);
        return library;
    }

#if SYSTEM_LIBRDKAFKA
    private static nint Open()
    {
        // Confluent.Kafka's own Library.Load(path) is no way: it asks for libdl.so, which newer systems do not have.
        if (!NativeLibrary.TryLoad("librdkafka.so.1", out nint library))
        {
            throw new DllNotFoundException("librdkafka.so.1 cannot be loaded. Install it: apt-get install librdkafka1.");
        }

        NativeLibrary.SetDllImportResolver(Confluent, (name, _, _) => name.Contains(Name, StringComparison.Ordinal) ? library : 0);
        return library;
    }
#else
    private static nint Open()
    {
        // The package brings several builds. These are the ones that Confluent.Kafka tries, in its order, found as it finds them.
        string[] builds = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) || RuntimeInformation.RuntimeIdentifier.Contains("alpine", StringComparison.Ordinal)
            ? ["alpine-librdkafka"]
            : [Name, "centos8-librdkafka"];
        foreach (string build in builds)
        {
            if (NativeLibrary.TryLoad(build, Confluent, null, out nint library))
            {
                return library;
            }
        }

        throw new DllNotFoundException("The packaged librdkafka cannot be loaded on this machine. Install librdkafka 2 and build with -p:SystemLibrdkafka=true.");
    }
#endif
}
