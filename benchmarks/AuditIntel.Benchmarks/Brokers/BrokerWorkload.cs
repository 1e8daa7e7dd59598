using AuditIntel.Benchmarks.Reporting;

namespace AuditIntel.Benchmarks.Brokers;

/// <summary>Measures on a broker: so many records, so many runs; tells of its progress.</summary>
internal delegate Task<BenchmarkReport> BrokerWorkload(
    IBenchmarkBroker broker, int records, int runs, Action<string> progress, CancellationToken cancellationToken);
