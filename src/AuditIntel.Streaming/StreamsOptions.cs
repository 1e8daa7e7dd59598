using System.Globalization;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming;

/// <summary>Settings of a <see cref="KafkaStreams"/> instance.</summary>
public sealed record StreamsOptions
{
    /// <summary>Consumer group, and prefix of the internal topics. Instances of one id share the work.</summary>
    public required string ApplicationId { get; init; }

    public required KafkaOptions Kafka { get; init; }

    /// <summary>
    /// Fixed name of this instance in the group (static membership, KIP-345): after a crash it gets its partitions back at once instead of after the
    /// session timeout. Unique among the instances of one application id; null for none.
    /// </summary>
    public string? InstanceId { get; init; }

    /// <summary>Threads of this instance, each with its own consumer and producer. Range 1 to 64.</summary>
    public int StreamThreads { get; init; } = 1;

    public ProcessingGuarantee Guarantee { get; init; } = ProcessingGuarantee.AtLeastOnce;

    /// <summary>
    /// Time between two commits. After a crash, what was processed since the last one is processed again. Null is 1 second, and 100 milliseconds with
    /// exactly-once, where results become visible at the commit.
    /// </summary>
    public TimeSpan? CommitInterval { get; init; }

    /// <summary>Longest life of a transaction before the broker aborts it: how long readers wait for an instance that was killed.</summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an instance may be silent before its partitions go to others.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Folder of the local copies of stores, so that a restart reads only what is newer from the changelog topics. One for each instance. Null keeps
    /// nothing: stores are then restored from their topics alone.
    /// </summary>
    public string? StateDirectory { get; init; }

    /// <summary>
    /// Instances beside the owner of a task that keep a local copy of its stores, so that they take over quickly. Needs <see cref="StateDirectory"/>.
    /// Range 0 to 8.
    /// </summary>
    public int StandbyReplicas { get; init; }

    /// <summary>What becomes of the instance when a stream thread has failed.</summary>
    public ThreadFailureResponse OnThreadFailure { get; init; } = ThreadFailureResponse.StopInstance;

    /// <summary>Most bytes that wait in the queue of one partition before it is paused.</summary>
    public long MaxBufferedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Most bytes that a thread's consumer fetches ahead, in KiB. librdkafka before 2.2 fetches nothing for a second once this is full, so it should hold what
    /// the thread processes in a second.
    /// </summary>
    public int PrefetchKilobytes { get; init; } = 128 * 1024;

    /// <summary>
    /// Most bytes (estimated) that the caches of aggregations and tables hold before they are flushed downstream; the threads share it in equal parts.
    /// A cached result goes downstream once a key and commit. 0 forwards every update.
    /// </summary>
    public long CacheMaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>How long a commit may take, and closing.</summary>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What becomes of a record that cannot be read, processed or sent; called on the stream thread.</summary>
    public Func<ErrorContext, ErrorResponse> OnError { get; init; } = _ => ErrorResponse.Fail;

    /// <summary>Hears how far stores are restored: at the begin, every second, and at the end. Called on the stream thread.</summary>
    public Action<RestoreProgress>? OnRestore { get; init; }

    /// <summary>Hears of passing trouble; called from any thread.</summary>
    public Action<string>? OnWarning { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal TimeSpan EffectiveCommitInterval =>
        CommitInterval ?? (Guarantee == ProcessingGuarantee.ExactlyOnce ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1));

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (ApplicationId.Length == 0 || ApplicationId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')))
        {
            yield return $"ApplicationId '{ApplicationId}' may hold letters, digits, '.', '_' and '-' only: it names topics.";
        }

        if (StreamThreads is < 1 or > 64)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"StreamThreads {StreamThreads} is not within 1 to 64.");
        }

        if (EffectiveCommitInterval <= TimeSpan.Zero)
        {
            yield return "CommitInterval is not positive.";
        }

        if (Guarantee == ProcessingGuarantee.ExactlyOnce && EffectiveCommitInterval >= TransactionTimeout)
        {
            yield return "CommitInterval is not below TransactionTimeout: every transaction would be aborted.";
        }

        if (SessionTimeout < TimeSpan.FromSeconds(1))
        {
            yield return "SessionTimeout is below 1 second.";
        }

        if (StandbyReplicas is < 0 or > 8)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"StandbyReplicas {StandbyReplicas} is not within 0 to 8.");
        }

        if (StandbyReplicas > 0 && StateDirectory is null)
        {
            yield return "StandbyReplicas needs a StateDirectory to keep the copies in.";
        }

        foreach (string error in Kafka.Validate())
        {
            yield return error;
        }
    }
}
