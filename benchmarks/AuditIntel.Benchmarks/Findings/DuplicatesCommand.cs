using System.CommandLine;
using System.Diagnostics;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Intelligence.Findings.Duplicates;

namespace AuditIntel.Benchmarks.Findings;

/// <summary><c>bench duplicates</c>: what a lookup costs as the history grows.</summary>
internal static class DuplicatesCommand
{
    private const int Window = 2_000;

    public static Command Create()
    {
        Option<string> model = new("--model") { Description = "Model made by 'auditintel train findings'", HelpName = "FILE", DefaultValueFactory = _ => "findings.model" };
        Option<int> findings = new("--findings") { Description = "Synthetic findings", HelpName = "N", DefaultValueFactory = _ => 1_000_000 };
        Command command = new("duplicates", "Lookup time and memory of duplicate detection at 10 000, 100 000 and 1 000 000 findings") { model, findings };
        command.SetAction(async (result, cancellation) =>
        {
            TextWriter output = result.InvocationConfiguration.Output;
            DuplicateDetector detector = FindingsModelArtefact.Read(await File.ReadAllBytesAsync(result.GetValue(model)!, cancellation)).NewDetector();
            int most = result.GetValue(findings);
            double[] lookups = new double[Window];
            var whole = Stopwatch.StartNew();
            long duplicates = 0;
            await output.WriteLineAsync("| findings | median ms | p99 ms | CPU ms a finding | heap MiB | bytes a finding | duplicates |");
            await output.WriteLineAsync("|---:|---:|---:|---:|---:|---:|---:|");
            TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
            foreach (FindingText finding in new SyntheticFindings(1).Take(most))
            {
                cancellation.ThrowIfCancellationRequested();
                long from = Stopwatch.GetTimestamp();
                DuplicateVerdict verdict = detector.Observe(finding);
                lookups[detector.Count % Window] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
                duplicates += verdict.CanonicalId == finding.Id ? 0 : 1;
                if (detector.Count is 10_000 or 100_000 or 300_000 or 1_000_000 || detector.Count == most)
                {
                    double[] sorted = [.. lookups.Order()];
                    TimeSpan spent = Process.GetCurrentProcess().TotalProcessorTime - processor;
                    await output.WriteLineAsync(FormattableString.Invariant(
                        $"| {detector.Count} | {sorted[Window / 2]:0.000} | {sorted[Window * 99 / 100]:0.000} | {spent.TotalMilliseconds / detector.Count:0.000} | {GC.GetTotalMemory(forceFullCollection: true) >> 20} | {detector.HistoryBytes / detector.Count} | {duplicates} |"));
                    await output.FlushAsync(cancellation);
                }
            }

            await output.WriteLineAsync(FormattableString.Invariant($"{detector.Count} findings in {whole.Elapsed.TotalSeconds:0} s"));
            return 0;
        });
        return command;
    }
}
