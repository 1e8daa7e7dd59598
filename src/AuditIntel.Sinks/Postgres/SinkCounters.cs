namespace AuditIntel.Sinks.Postgres;

/// <summary>What a sink has done since it was created. Written by the sink, read by anybody at any time.</summary>
public sealed class SinkCounters
{
    private readonly long[] _rows = new long[RowCounts.Tables];
    private long _records;
    private long _batches;
    private long _poisonRecords;
    private long _retries;
    private long _fencedBatches;

    /// <summary>Records whose batch is committed.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>Batches committed.</summary>
    public long Batches => Volatile.Read(ref _batches);

    /// <summary>Rows of contests that were new or changed.</summary>
    public long ContestRows => Rows(SinkTable.Contests);

    /// <summary>Rows of contests that tombstones deleted.</summary>
    public long ContestsDeleted => Rows(SinkTable.ContestsDeleted);

    /// <summary>Rows of findings that were new or changed.</summary>
    public long FindingRows => Rows(SinkTable.Findings);

    /// <summary>Rows of finding_duplicates that were new or changed.</summary>
    public long DuplicateRows => Rows(SinkTable.FindingDuplicates);

    /// <summary>Rows of transactions that were new or changed.</summary>
    public long TransactionRows => Rows(SinkTable.Transactions);

    /// <summary>Rows of anomalies that were new or changed.</summary>
    public long AnomalyRows => Rows(SinkTable.Anomalies);

    /// <summary>Rows of alerts that were new or changed.</summary>
    public long AlertRows => Rows(SinkTable.Alerts);

    /// <summary>Rows of model_versions that were new.</summary>
    public long ModelVersionRows => Rows(SinkTable.ModelVersions);

    /// <summary>Windows of trends that are new or changed.</summary>
    public long TrendRows => Rows(SinkTable.FindingTrends);

    /// <summary>Emerging threats that are new or changed.</summary>
    public long ThreatRows => Rows(SinkTable.EmergingThreats);

    /// <summary>Pairs of similar findings that are new or changed.</summary>
    public long SimilarRows => Rows(SinkTable.SimilarFindings);

    /// <summary>Rows of dead_letters that were new: those from the dead-letter topics and the sink's own.</summary>
    public long DeadLetterRows => Rows(SinkTable.DeadLetters);

    /// <summary>Records that the sink itself turned into dead letters (also when their row was there already).</summary>
    public long PoisonRecords => Volatile.Read(ref _poisonRecords);

    /// <summary>Attempts that failed because the database or the registry was not to be had, and were or will be repeated.</summary>
    public long Retries => Volatile.Read(ref _retries);

    /// <summary>Batches given up because another owner had moved a partition.</summary>
    public long FencedBatches => Volatile.Read(ref _fencedBatches);

    internal void Add(RowCounts rows, int records)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _records, records);
        for (var i = 0; i < _rows.Length; i++)
        {
            Interlocked.Add(ref _rows[i], rows[(SinkTable)i]);
        }
    }

    internal void PoisonRecord() => Interlocked.Increment(ref _poisonRecords);

    internal void Retry() => Interlocked.Increment(ref _retries);

    internal void Fenced() => Interlocked.Increment(ref _fencedBatches);

    private long Rows(SinkTable table) => Volatile.Read(ref _rows[(int)table]);
}
