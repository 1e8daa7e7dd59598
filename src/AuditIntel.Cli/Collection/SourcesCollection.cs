using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Collectors.Publishing;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Running;

namespace AuditIntel.Cli.Collection;

/// <summary>Live sources onto the topics of a stack.</summary>
internal sealed class SourcesCollection(Stack stack, ConsoleReport report)
{
    /// <summary>Sources at work at once, unless somebody asks for another number.</summary>
    public const int UsualParallel = 4;

    private const string GitHubToken = "GITHUB_TOKEN";

    /// <summary>Looks at sources and publishes nothing.</summary>
    public static Task<IReadOnlyList<SourceCheckResult>> CheckAsync(IReadOnlyList<SourceDefinition> sources, ConsoleReport report, CancellationToken cancellationToken) =>
        new SourceChecker(new SourceRunOptions { Fetch = Fetching() with { MaxAttempts = 2, FirstPause = TimeSpan.FromMilliseconds(500) }, MaxParallel = 8 })
            .CheckAsync(sources, result => report.Say($"  {result.Source.Id}: {(result.IsGood ? "ok" : SourcesTables.FaultOf(result.Fault))}"), cancellationToken);

    /// <summary>Returns how each source ended, after one pass or on Ctrl-C.</summary>
    public async Task<IReadOnlyList<SourceStatus>> RunAsync(IReadOnlyList<SourceDefinition> sources, bool once, int parallel, CancellationToken cancellationToken)
    {
        await ProductTopics.EnsureAsync(stack.Kafka, Warn, cancellationToken);
        using var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        using TopicSourceCursors cursors = await TopicSourceCursors.CreateAsync(stack.Kafka, registry, Warn, cancellationToken);
        using FindingsPublisher publisher = await FindingsPublisher.CreateAsync(stack.Kafka, registry, "sources", Warn, cancellationToken);
        using var output = new TopicSourceOutput(publisher);
        report.Say(once
            ? string.Create(CultureInfo.InvariantCulture, $"One pass over {sources.Count} sources.")
            : string.Create(CultureInfo.InvariantCulture, $"Collecting {sources.Count} sources. Ctrl-C stops it; the same command goes on where it stopped."));
        var collector = new SourceCollector(sources, output, cursors, new SourceRunOptions { Fetch = Fetching(), Once = once, MaxParallel = parallel }, Say);
        try
        {
            return await collector.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !once)
        {
            // Ctrl-C is the ordinary end of following sources.
            return [];
        }
    }

    private static FetchOptions Fetching() => new() { GitHubToken = Environment.GetEnvironmentVariable(GitHubToken) is { Length: > 0 } token ? token : null };

    private void Say(SourceStatus status)
    {
        if (status.Condition is SourceCondition.Failing && status.NextRun is null)
        {
            report.Warn($"{status.Id}: {status.Message}");
        }
        else if (status.Condition is SourceCondition.Ok)
        {
            report.Say(string.Create(
                CultureInfo.InvariantCulture, $"{status.Id}: {status.Findings} findings read, {status.Published} records new or changed, {status.DeadLetters} dead letters"));
        }
    }

    private void Warn(string warning) => report.Warn("sources: " + warning);
}
