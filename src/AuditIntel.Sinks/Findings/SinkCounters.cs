namespace AuditIntel.Sinks.Findings;

/// <summary>What a sink has done since it was created. Written by the sink, read by anybody at any time.</summary>
public sealed class SinkCounters
{
    private long _records;
    private long _batches;
    private long _contests;
    private long _contestsDeleted;
    private long _findings;
    private long _duplicates;
    private long _deadLetters;
    private long _poisonRecords;
    private long _retries;
    private long _fencedBatches;

    /// <summary>Records whose batch is committed.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>Batches committed.</summary>
    public long Batches => Volatile.Read(ref _batches);

    /// <summary>Rows of contests that were new or changed.</summary>
    public long ContestRows => Volatile.Read(ref _contests);

    /// <summary>Rows of contests that tombstones deleted.</summary>
    public long ContestsDeleted => Volatile.Read(ref _contestsDeleted);

    /// <summary>Rows of findings that were new or changed.</summary>
    public long FindingRows => Volatile.Read(ref _findings);

    /// <summary>Rows of finding_duplicates that were new or changed.</summary>
    public long DuplicateRows => Volatile.Read(ref _duplicates);

    /// <summary>Rows of dead_letters that were new: those from the dead-letter topics and the sink's own.</summary>
    public long DeadLetterRows => Volatile.Read(ref _deadLetters);

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
        Interlocked.Add(ref _contests, rows.Contests);
        Interlocked.Add(ref _contestsDeleted, rows.ContestsDeleted);
        Interlocked.Add(ref _findings, rows.Findings);
        Interlocked.Add(ref _duplicates, rows.Duplicates);
        Interlocked.Add(ref _deadLetters, rows.DeadLetters);
    }

    internal void PoisonRecord() => Interlocked.Increment(ref _poisonRecords);

    internal void Retry() => Interlocked.Increment(ref _retries);

    internal void Fenced() => Interlocked.Increment(ref _fencedBatches);
}
