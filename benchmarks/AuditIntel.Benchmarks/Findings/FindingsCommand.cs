using System.CommandLine;
using System.Diagnostics;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.DevStack;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.Testing;
using AuditIntel.Topologies.Findings;

namespace AuditIntel.Benchmarks.Findings;

/// <summary><c>bench findings</c>: what a finding costs the whole findings topology, and what its stores take, as the history grows. In the test driver, without Kafka.</summary>
internal static class FindingsCommand
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Command Create()
    {
        Option<string> model = new("--model") { Description = "Model made by 'auditintel train findings'", HelpName = "FILE", DefaultValueFactory = _ => "findings.model" };
        Option<int> findings = new("--findings") { Description = "Synthetic findings", HelpName = "N", DefaultValueFactory = _ => 100_000 };
        Command command = new("findings", "Processor time and memory of the findings topology a finding, as the history grows") { model, findings };
        command.SetAction(async (result, cancellation) =>
        {
            string folder = Directory.CreateTempSubdirectory("auditintel-bench-").FullName;
            try
            {
                await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = folder }, cancellation);
                await using EmbeddedSchemaRegistry registry = await EmbeddedSchemaRegistry.StartAsync(
                    new EmbeddedSchemaRegistryOptions { BootstrapServer = broker.BootstrapServers }, cancellation);
                using var client = new SchemaRegistryClient(registry.Url);
                FindingsSerdes serdes = await FindingsSerdes.CreateAsync(client, cancellation);
                byte[] artefact = await File.ReadAllBytesAsync(result.GetValue(model)!, cancellation);
                Run(serdes, FindingsModelRecord.Of(FindingsModelArtefact.Read(artefact), "synthetic", Now), result.GetValue(findings), result.InvocationConfiguration.Output, cancellation);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            return 0;
        });
        return command;
    }

    private static void Run(FindingsSerdes serdes, ModelArtifact model, int most, TextWriter output, CancellationToken cancellation)
    {
        using var driver = new TopologyTestDriver(FindingsTopology.Build(serdes), new FindingsDeadLetters(serdes).Handle);
        driver.Input(Topics.Models.Name, Serdes.Utf8, serdes.Model).Pipe(model.Id, model, Now.ToUnixTimeMilliseconds());
        TestInputTopic<string, RawFinding> raw = driver.Input(Topics.RawFindings.Name, Serdes.Utf8, serdes.Raw);
        TestOutputTopic<string, byte[]>[] topics =
        [
            .. new[] { Topics.Findings.Name, Topics.FindingDuplicates.Name, Topics.SimilarFindings.Name }.Select(topic => driver.Output(topic, Serdes.Utf8, Serdes.Bytes)),
        ];
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        long[] written = new long[topics.Length];
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        (int count, int told) = (0, 0);
        output.WriteLine("| findings | CPU ms a finding, since the line before | heap bytes a finding | findings, duplicates, similar |");
        output.WriteLine("|---:|---:|---:|---:|");
        foreach (FindingText finding in new SyntheticFindings(1).Take(most))
        {
            cancellation.ThrowIfCancellationRequested();
            raw.Pipe($"{finding.Platform}/{finding.Contest}", RawOf(finding), Now.ToUnixTimeMilliseconds());
            for (int i = 0; i < topics.Length; i++)
            {
                written[i] += topics[i].ReadAll().Count;
            }

            if (++count is 3_000 or 10_000 or 30_000 or 100_000 or 300_000 || count == most)
            {
                TimeSpan spent = Process.GetCurrentProcess().TotalProcessorTime - processor;
                long heap = GC.GetTotalMemory(forceFullCollection: true) - empty;
                output.WriteLine(FormattableString.Invariant($"| {count} | {spent.TotalMilliseconds / (count - told):0.000} | {heap / count} | {string.Join(", ", written)} |"));
                output.Flush();
                told = count;
                processor = Process.GetCurrentProcess().TotalProcessorTime;
            }
        }
    }

    private static RawFinding RawOf(FindingText finding) => new()
    {
        Platform = finding.Platform,
        Contest = finding.Contest,
        NativeId = finding.Id,
        Title = finding.Title,
        Body = finding.Body,
        Authors = [finding.Author],
        SeverityLabel = finding.Severity.ToString(),
        SourcePath = $"{finding.Platform}/{finding.Contest}/{finding.Id}.md",
        CollectedAt = Now,
    };
}
