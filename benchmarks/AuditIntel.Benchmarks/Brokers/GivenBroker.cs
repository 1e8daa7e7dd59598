namespace AuditIntel.Benchmarks.Brokers;

/// <summary>A Kafka that runs already.</summary>
internal sealed class GivenBroker(string bootstrapServers) : IBenchmarkBroker
{
    public string BootstrapServers { get; } = bootstrapServers;

    public string Description => $"Kafka at {BootstrapServers}";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
