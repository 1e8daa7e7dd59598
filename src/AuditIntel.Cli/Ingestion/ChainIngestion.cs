using AuditIntel.Avro;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Chain.Publishing;

namespace AuditIntel.Cli.Ingestion;

/// <summary>The chain data among the files of a run: transactions, blocks and labels onto their topics.</summary>
internal static class ChainIngestion
{
    /// <summary>How many transactions pass between two looks of the display.</summary>
    private const int ShowEvery = 4096;

    /// <returns>The collector with its counts, and the transactions; null when none of the files holds chain data.</returns>
    public static async Task<ChainIngested?> PublishAsync(
        Stack stack, IReadOnlyList<string> paths, IRunDisplay display, ConsoleReport report, CancellationToken cancellationToken)
    {
        var collector = new ChainFileCollector(paths, new ChainFileOptions());
        if (collector.FilesTotal == 0)
        {
            return null;
        }

        using var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        using ChainPublisher publisher = await ChainPublisher.CreateAsync(
            stack.Kafka, registry, "files", withLabels: true, warning => report.Warn("publisher: " + warning), cancellationToken);

        var transactions = new TransactionSet();

        // Parsing and producing keep a thread busy and block on a full buffer: not one of the callers'.
        await Task.Run(
            () =>
            {
                long sinceShown = 0;
                foreach (ChainCollected item in collector.Collect())
                {
                    publisher.Publish(item, cancellationToken);
                    if (item is ChainCollected.OfTransaction { Transaction: var transaction })
                    {
                        transactions.Add(transaction);
                    }

                    if (++sinceShown >= ShowEvery)
                    {
                        sinceShown = 0;
                        cancellationToken.ThrowIfCancellationRequested();
                        display.Show("read transactions", collector.FilesDone, collector.FilesTotal);
                    }
                }

                publisher.Flush(cancellationToken);
                display.Show("read transactions", collector.FilesTotal, collector.FilesTotal);
            },
            cancellationToken);
        return new ChainIngested(collector.FilesDone, collector.Counts, publisher.Labels, transactions);
    }
}
