namespace AuditIntel.Benchmarks.Brokers;

/// <summary>The broker under measurement.</summary>
internal interface IBenchmarkBroker : IAsyncDisposable
{
    string BootstrapServers { get; }

    /// <value>For the report: what it is.</value>
    string Description { get; }
}
