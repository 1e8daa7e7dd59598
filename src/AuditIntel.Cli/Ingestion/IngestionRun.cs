using System.Diagnostics;
using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Collectors;
using AuditIntel.Collectors.Publishing;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Cli.Ingestion;

/// <summary>One run over files: collect, wait until the last row is stored, count.</summary>
internal sealed class IngestionRun(Stack stack, RunningPipeline? pipeline, ConsoleReport report)
{
    /// <summary>A pipeline that has not moved for so long will not move any more.</summary>
    private static readonly TimeSpan StandstillLimit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public async Task<IngestionSummary> RunAsync(IReadOnlyList<string> paths, string? platform, CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(stack.Kafka, warning => report.Warn("kafka: " + warning));
        var progress = new PipelineProgress(admin, stack);
        IReadOnlyList<OffsetRange> lettersBefore = await progress.DeadLetterOffsetsAsync(cancellationToken);
        long rowsBefore = await StoredFindings.RowsAsync(stack.Postgres, cancellationToken);

        long begin = Stopwatch.GetTimestamp();
        var collector = new FindingsFileCollector(paths, new CollectionOptions { Platform = platform });
        var ids = new HashSet<string>();
        (long findings, long contests) = (0, 0);
        ChainIngested? chain = null;
        await report.WithProgressAsync(async display =>
        {
            (findings, contests) = await PublishAsync(collector, ids, display, cancellationToken);
            chain = await ChainIngestion.PublishAsync(stack, paths, display, report, cancellationToken);
            await DrainAsync("normalise, deduplicate, classify, score", progress.TopologyLagAsync, display, cancellationToken);
            await DrainAsync("store", progress.SinkLagAsync, display, cancellationToken);
        });
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;

        Dictionary<string, long> letters = await DeadLetterCounts.ReadAsync(stack, lettersBefore, cancellationToken);
        StoredTransactions? stored = chain is null ? null : await StoredTransactions.CountAsync(stack.Postgres, chain.Transactions, cancellationToken);
        return new IngestionSummary
        {
            Findings = await StoredFindings.CountAsync(stack.Postgres, ids, findings, rowsBefore, cancellationToken),
            Contests = contests,
            Transactions = chain is null ? null : Counts(chain, stored!, elapsed),
            Anomalies = stored?.Anomalies,
            AnomaliesBySeverity = stored?.BySeverity,
            Alerts = stored?.Alerts,
            DeadLetters = letters.Values.Sum(),
            DeadLettersByReason = letters.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            Files = Files(collector, chain?.Files ?? 0),
            ElapsedSeconds = Math.Round(elapsed, 3),
            RecordsPerSecond = Math.Round(findings / elapsed, 1),
            PeakMemoryMiB = Math.Round(ProcessMemory.PeakMiB(), 1),
        };
    }

    /// <summary>Files of chain data are none that the findings' collector takes.</summary>
    private static FileCounts Files(FindingsFileCollector findings, long chain) =>
        new() { Read = findings.FilesDone - findings.FilesSkipped + chain, Skipped = findings.FilesSkipped - chain };

    private static TransactionCounts Counts(ChainIngested chain, StoredTransactions stored, double elapsed) => new()
    {
        Files = chain.Files,
        Read = chain.Counts.Transactions,
        Stored = stored.Stored,
        Scored = stored.Scored,
        PerSecond = Math.Round(chain.Counts.Transactions / elapsed, 1),
        ByLayout = chain.Counts.TransactionsByLayout,
        Blocks = chain.Counts.Blocks,
        Labels = chain.Counts.Labels,
        LabelsChanged = chain.LabelsChanged,
        DeadLetters = chain.Counts.DeadLetters,
    };

    private async Task<(long Findings, long Contests)> PublishAsync(
        FindingsFileCollector collector, HashSet<string> ids, IRunDisplay display, CancellationToken cancellationToken)
    {
        using var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        using FindingsPublisher publisher = await FindingsPublisher.CreateAsync(
            stack.Kafka, registry, "files", warning => report.Warn("publisher: " + warning), cancellationToken);

        // Parsing and producing keep a thread busy and block on a full buffer: not one of the callers'.
        await Task.Run(
            () =>
            {
                foreach (Collected item in collector.Collect())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    publisher.Publish(item, cancellationToken);
                    if (item is Collected.OfFinding { Finding: var finding })
                    {
                        ids.Add(FindingId.Of(finding.Platform, finding.Contest, finding.NativeId));
                    }

                    display.Show("read files", collector.FilesDone, collector.FilesTotal);
                }

                publisher.Flush(cancellationToken);
                display.Show("read files", collector.FilesTotal, collector.FilesTotal);
            },
            cancellationToken);
        return (publisher.Findings, publisher.Contests);
    }

    private async Task DrainAsync(string what, Func<CancellationToken, Task<long>> lag, IRunDisplay display, CancellationToken cancellationToken)
    {
        long first = -1;
        long lowest = long.MaxValue;
        long moved = Stopwatch.GetTimestamp();
        while (true)
        {
            if (pipeline is { Completion.IsCompleted: true })
            {
                await pipeline.Completion;
            }

            long rest = await lag(cancellationToken);
            first = Math.Max(first, rest);
            display.Show(what, first - rest, first);
            if (rest == 0)
            {
                return;
            }

            if (rest < lowest)
            {
                lowest = rest;
                moved = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(moved) > StandstillLimit)
            {
                throw new TimeoutException(string.Create(
                    CultureInfo.InvariantCulture, $"The pipeline stands still: step '{what}' has {rest} records left and has not moved for {StandstillLimit.TotalSeconds:0} s."));
            }

            await Task.Delay(Look, cancellationToken);
        }
    }
}
