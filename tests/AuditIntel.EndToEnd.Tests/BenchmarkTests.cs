using System.Text.Json;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>The benchmarks work; how fast, nobody judges here.</summary>
public sealed class BenchmarkTests
{
    [Fact]
    public async Task BrokerBenchmark_ShouldReportEveryMeasurement_AsJson()
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "..", "..", "AuditIntel.Benchmarks", "release", "auditintel-bench.dll");
        using ProgramRun run = ProgramRun.StartProgram(assembly, "broker", "--records", "20000", "--runs", "1", "--json");
        int exitCode = await run.ExitCodeAsync(TimeSpan.FromMinutes(3));
        Assert.True(exitCode == 0, $"Exit code {exitCode}. Standard error:\n{run.Error}");
        JsonElement[] measurements = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("measurements").EnumerateArray()];
        string[] names = [.. measurements.Select(each => each.GetProperty("name").GetString()!)];
        Assert.Contains("produce, Confluent.Kafka", names);
        Assert.Contains("consume, batch calls", names);
        Assert.Contains("exactly-once loop, Confluent.Kafka", names);
        Assert.All(measurements, each => Assert.True(each.GetProperty("median").GetDouble() > 0, each.ToString()));
    }
}
