namespace AuditIntel.Cli.Ingestion;

/// <summary>What one run took in and what came of it. The JSON form is a contract of <c>--json</c>: keys are only ever added.</summary>
internal sealed record IngestionSummary
{
    public required FindingCounts Findings { get; init; }

    /// <summary>Contests read in this run.</summary>
    public required long Contests { get; init; }

    /// <summary>Pieces that could not be processed in this run.</summary>
    public required long DeadLetters { get; init; }

    /// <summary>The same by error class, most frequent first.</summary>
    public required IReadOnlyDictionary<string, long> DeadLettersByReason { get; init; }

    /// <summary>Chain data among the files; null when there was none.</summary>
    public TransactionCounts? Transactions { get; init; }

    /// <summary>Anomalies among the transactions of this run; null when there was no chain data, like the next ones.</summary>
    public long? Anomalies { get; init; }

    /// <summary>The same by severity, most frequent first.</summary>
    public IReadOnlyDictionary<string, long>? AnomaliesBySeverity { get; init; }

    /// <summary>Alerts that rules made of transactions of this run.</summary>
    public long? Alerts { get; init; }

    /// <summary>
    /// 0 to 1: share of the anomalies that are so by the sample's own labels, and share of the labelled transactions that were found; over the part of the bundled
    /// sample that the model was not trained on. Null outside of the demo.
    /// </summary>
    public double? Precision { get; init; }

    /// <inheritdoc cref="Precision"/>
    public double? Recall { get; init; }

    public required FileCounts Files { get; init; }

    /// <summary>From the first file opened to the last row stored.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Findings read a second over <see cref="ElapsedSeconds"/>.</summary>
    public required double RecordsPerSecond { get; init; }

    /// <summary>Highest resident memory of this process since its start.</summary>
    public required double PeakMemoryMiB { get; init; }
}
