using System.Diagnostics;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Runtime;

/// <content>Commits, and going back to the last one.</content>
internal sealed partial class StreamThread
{
    /// <summary>Times in a row that work may be thrown away without a commit in between.</summary>
    private const int MostRecoveries = 20;

    /// <summary>How long commits of offsets may fail one after the other, at-least-once.</summary>
    private static readonly TimeSpan CommitPatience = TimeSpan.FromMinutes(5);

    private readonly List<PartitionOffset> _positions = [];
    private int _recoveries;
    private long _commitsFailSince;

    private void Commit()
    {
        foreach (StreamTask task in _running)
        {
            lock (task.Gate)
            {
                task.PrepareCommit();
            }
        }

        _positions.Clear();
        foreach (StreamTask task in _running)
        {
            task.AddPositions(_positions, _consumer.EndOffset);
        }

        if (_positions.Count == 0 && !_producer.HasUncommitted)
        {
            return;
        }

        long begin = Stopwatch.GetTimestamp();
        if (!TryCommit())
        {
            return;
        }

        _recoveries = 0;
        foreach (StreamTask task in _running)
        {
            task.Committed(_producer.AcknowledgedOffset);
        }

        foreach (StreamTask task in _running)
        {
            foreach (TaskInput input in task.Inputs)
            {
                input.KnownEnd = _consumer.KnownEnd(input.Partition);
            }
        }

        StreamsMetrics.CommitDuration.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    private bool TryCommit()
    {
        try
        {
            _producer.Commit(_positions, _consumer);
            _commitsFailSince = 0;
            return true;
        }
        catch (KafkaFailureException e) when (e.IsGroupMovedOn || IsWithinPatience())
        {
            // Offsets that are still ours go with the next commit; those of others are theirs, who begin at the commit before and repeat the work.
            Warn($"{Name}: {e.Message}");
            return false;
        }
    }

    private bool IsWithinPatience()
    {
        if (_commitsFailSince == 0)
        {
            _commitsFailSince = Stopwatch.GetTimestamp();
        }

        return Stopwatch.GetElapsedTime(_commitsFailSince) < CommitPatience;
    }

    /// <summary>Gives up what was done since the last commit: the transaction is aborted, and every task goes back to its committed offsets and stores.</summary>
    /// <param name="cause">Why; null when partitions were lost.</param>
    private void Recover(KafkaTransactionException? cause)
    {
        Warn($"{Name}: {cause?.Message ?? "Partitions were lost."} The work since the last commit is done again.");
        if (++_recoveries > MostRecoveries)
        {
            throw new StreamsException($"{Name} gave up after {MostRecoveries} tries in a row without a commit: {cause?.Message}", (Exception?)cause ?? new TimeoutException());
        }

        StreamsMetrics.Recoveries.Add(1);

        // A batch that a failing callback has held back is of before: everything is read again.
        _consumer.Poll(TimeSpan.Zero);
        _isRewindDue = false;
        if (cause is not null)
        {
            _producer.Reset(cause);
        }
        else
        {
            _producer.Abort();
        }

        foreach (StreamTask task in _tasks.Values.ToArray())
        {
            Close(task);
            Open(task.Id, rewind: true);
        }

        // The next poll comes before the tasks start and go back to the committed offsets. What it handed out from where reading stood would be
        // processed ahead of what is read again, and be committed as if that had been processed too.
        Pause([.. _tasks.Values.SelectMany(task => task.Partitions).Where(_consumer.Assignment.Contains)]);
        _lastCommit = _options.Clock.GetTimestamp();
        Report();
    }
}
