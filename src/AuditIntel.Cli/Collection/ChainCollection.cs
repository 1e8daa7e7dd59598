using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Collectors.Chain;
using AuditIntel.Collectors.Chain.Publishing;
using AuditIntel.Collectors.Publishing;

namespace AuditIntel.Cli.Collection;

/// <summary>Collects chains side by side: each has a producer and a cursor of its own.</summary>
internal sealed class ChainCollection(Stack stack, ConsoleReport report)
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(10);

    /// <summary>Returns when the last range is complete, or on Ctrl-C; throws what ended a chain's collection otherwise.</summary>
    public async Task RunAsync(ChainCollectionSettings settings, CancellationToken cancellationToken)
    {
        await ProductTopics.EnsureAsync(stack.Kafka, Warn, cancellationToken);
        using var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        using TopicSourceCursors cursors = await TopicSourceCursors.CreateAsync(stack.Kafka, registry, Warn, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        report.Say("Collecting. Ctrl-C stops it; the same command goes on where it stopped.");
        await report.WithProgressAsync(async display =>
        {
            var gate = new Lock();
            List<Task> chains = [.. settings.Chains().Select(chain => Task.Run(() => CollectAsync(chain, registry, cursors, display, gate, stop.Token), CancellationToken.None))];
            try
            {
                while (chains.Count > 0)
                {
                    Task ended = await Task.WhenAny(chains);
                    chains.Remove(ended);
                    await ended;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl-C is the ordinary end of following a chain.
            }
            finally
            {
                await stop.CancelAsync();
                await Task.WhenAll(chains).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    private async Task CollectAsync(
        ChainCollectorOptions options, SchemaRegistryClient registry, TopicSourceCursors cursors, IRunDisplay display, Lock gate, CancellationToken cancellationToken)
    {
        using ChainPublisher publisher = await ChainPublisher.CreateAsync(stack.Kafka, registry, "chain", withLabels: false, Warn, cancellationToken);
        long saidAt = 0;
        ChainProgress? last = null;
        using var collector = new ChainCollector(
            options,
            publisher,
            cursors,
            progress =>
            {
                last = progress;
                lock (gate)
                {
                    display.Show(progress.Source, progress.Next - progress.First, Math.Max(progress.Next, progress.Target + 1) - progress.First);
                }

                if (Environment.TickCount64 - saidAt >= SayEvery.TotalMilliseconds)
                {
                    saidAt = Environment.TickCount64;
                    report.Say(Line(progress));
                }
            },
            Warn);
        try
        {
            await collector.RunAsync(cancellationToken);
        }
        finally
        {
            if (last is not null)
            {
                report.Say(Line(last));
            }
        }
    }

    private static string Line(ChainProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Source}: next block {progress.Next} of {progress.Target}, {progress.Blocks} blocks, {progress.Transactions} transactions, {progress.Retracted} taken back, {progress.DeadLetters} dead letters");

    private void Warn(string warning) => report.Warn("chain: " + warning);
}
