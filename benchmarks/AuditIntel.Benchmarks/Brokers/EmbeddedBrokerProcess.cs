using AuditIntel.Processes;

namespace AuditIntel.Benchmarks.Brokers;

/// <summary>The embedded broker as a process of its own with an empty data folder, so that its memory and processor time are its own.</summary>
internal sealed class EmbeddedBrokerProcess : IBenchmarkBroker
{
    private readonly string _folder;

    private EmbeddedBrokerProcess(string folder, BrokerProcess process)
    {
        _folder = folder;
        Process = process;
    }

    public string BootstrapServers => Process.BootstrapServers;

    public string Description => "embedded broker";

    public BrokerProcess Process { get; }

    public static async Task<EmbeddedBrokerProcess> StartAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("auditintel-bench-").FullName;
        var process = new BrokerProcess(folder);
        await process.StartAsync(cancellationToken);
        return new EmbeddedBrokerProcess(folder, process);
    }

    /// <summary>Bytes of log in the data folder.</summary>
    public long LogBytes() => Directory.EnumerateFiles(_folder, "*.log", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
