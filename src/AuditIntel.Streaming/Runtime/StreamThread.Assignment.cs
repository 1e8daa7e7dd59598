using System.Diagnostics;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Runtime;

/// <content>Partitions come and go, and tasks with them.</content>
internal sealed partial class StreamThread : IPartitionListener
{
    /// <summary>How long a new task may wait for answers about its offsets.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<TaskId, StreamTask> _tasks = [];
    private readonly Dictionary<PartitionId, StreamTask> _byPartition = [];
    private readonly List<StreamTask> _running = [];
    private readonly List<StartingTask> _starting = [];
    private readonly List<PartitionId> _joining = [];
    private readonly List<PartitionId> _leaving = [];
    private volatile StreamTask[] _published = [];
    private bool _isRewindDue;

    /// <summary>The tasks whose stores can be looked at now, each under its gate. For any thread.</summary>
    public IReadOnlyList<StreamTask> Tasks => _published;

    public IReadOnlyList<PartitionOffset> OnAssigned(IReadOnlyList<PartitionId> partitions)
    {
        _assignedOnce = true;
        foreach (PartitionId partition in partitions)
        {
            TaskId id = _plan.TaskOf(partition);
            if (!_tasks.ContainsKey(id))
            {
                Open(id, rewind: false);
                _joining.AddRange(_tasks[id].Partitions.Where(each => !_plan.IsLead(each.Topic)));
            }
        }

        return [];
    }

    public void OnRevoked(IReadOnlyList<PartitionId> partitions)
    {
        try
        {
            if (!_isAbandoned && partitions.Any(partition => _tasks.ContainsKey(_plan.TaskOf(partition))))
            {
                Commit();
            }
        }
        finally
        {
            Leave(partitions);
        }
    }

    public void OnLost(IReadOnlyList<PartitionId> partitions)
    {
        // What was done for them since the last commit is in the open transaction with the rest, and must not be committed.
        _isRewindDue = _options.Guarantee == ProcessingGuarantee.ExactlyOnce;
        Leave(partitions);
    }

    private void Leave(IReadOnlyList<PartitionId> partitions)
    {
        foreach (PartitionId partition in partitions)
        {
            if (_plan.IsLead(partition.Topic) && _tasks.TryGetValue(_plan.TaskOf(partition), out StreamTask? task))
            {
                _leaving.AddRange(task.Partitions.Where(each => !_plan.IsLead(each.Topic)));
                Close(task);
            }
        }
    }

    private void Open(TaskId id, bool rewind)
    {
        _standby?.Take(id);
        var task = new StreamTask(id, _plan.PartOf(id), _plan.TopicsOf(id), new TaskServices
        {
            ApplicationId = _options.ApplicationId,
            Collector = _producer,
            OnError = _options.OnError,
            Cache = _cache,
            Clock = _options.Clock,
            GlobalStores = _globalStores,
        });
        _tasks.Add(id, task);
        foreach (PartitionId partition in task.Partitions)
        {
            _byPartition[partition] = task;
        }

        _starting.Add(new StartingTask(task, rewind));
    }

    /// <summary>Does what a rebalance asked for and its callback could not do, and starts new tasks.</summary>
    private void Settle()
    {
        if (_leaving.Count > 0)
        {
            _consumer.Remove([.. _leaving.Where(_consumer.Assignment.Contains)]);
            _leaving.Clear();
        }

        if (_joining.Count > 0)
        {
            PartitionOffset[] joining = [.. _joining.Where(_byPartition.ContainsKey).Select(partition => new PartitionOffset(partition, PartitionOffset.None))];
            _joining.Clear();
            _consumer.Add(joining);
        }

        for (int i = _starting.Count - 1; i >= 0; i--)
        {
            StartingTask starting = _starting[i];
            if (Stopwatch.GetElapsedTime(starting.LastTry) >= StartPause && TryStart(starting))
            {
                _starting.RemoveAt(i);
            }
        }
    }

    /// <summary>
    /// Asks where the task goes on. The group's offsets come first: they are told only when no transaction is pending that would change them, and then the
    /// changelogs too are complete up to their last stable offset.
    /// </summary>
    private bool TryStart(StartingTask starting)
    {
        StreamTask task = starting.Task;
        bool isRestored = task.TaskStores.Any(store => store.IsRestorable);
        if (!isRestored && !starting.IsRewound)
        {
            Run(task);
            return true;
        }

        if (starting.LastTry == 0)
        {
            Pause([.. task.Partitions]);
        }

        starting.LastTry = Stopwatch.GetTimestamp();
        try
        {
            IReadOnlyList<PartitionOffset> committed = _consumer.Committed(task.Partitions);
            foreach (PartitionOffset offset in committed)
            {
                task.Input(offset.Partition.Topic).Committed = offset.Offset;
                if (starting.IsRewound)
                {
                    _consumer.Seek(offset.Offset == PartitionOffset.None ? offset with { Offset = PartitionOffset.Beginning } : offset);
                }
            }

            if (isRestored)
            {
                _restorer.Begin(task, _state);
            }
            else
            {
                Resume(task);
            }

            return true;
        }
        catch (KafkaFailureException e) when (Stopwatch.GetElapsedTime(starting.Since) < StartPatience)
        {
            Warn($"{Name}: task {task.Id} cannot start yet and tries again: {e.Message}");
            return false;
        }
    }

    /// <summary>Goes on restoring for a moment; tasks that are done begin to run.</summary>
    private void Restore()
    {
        foreach (StreamTask task in _restorer.Advance(isUrgent: !_isBusy))
        {
            Resume(task);
        }
    }

    private void Pause(IReadOnlyList<PartitionId> partitions)
    {
        _paused.UnionWith(partitions);
        _consumer.Pause(partitions);
    }

    private void Resume(StreamTask task)
    {
        _paused.ExceptWith(task.Partitions);
        _consumer.Resume(task.Partitions);
        Run(task);
    }

    private void Run(StreamTask task)
    {
        task.IsRunning = true;
        _running.Add(task);
        _published = [.. _running];
    }

    private void Close(StreamTask task)
    {
        _tasks.Remove(task.Id);
        foreach (PartitionId partition in task.Partitions)
        {
            _paused.Remove(partition);
            _byPartition.Remove(partition);
        }

        _running.Remove(task);
        _starting.RemoveAll(starting => starting.Task == task);
        _restorer.Forget(task);
        _published = [.. _running];
        task.Close();
        _standby?.Give(task.Id);
    }

    private void CloseAll()
    {
        foreach (StreamTask task in _tasks.Values.ToArray())
        {
            _leaving.AddRange(task.Partitions.Where(each => !_plan.IsLead(each.Topic)));
            Close(task);
        }
    }

    /// <summary>A task that waits for the answers it needs.</summary>
    private sealed class StartingTask(StreamTask task, bool isRewound)
    {
        public StreamTask Task { get; } = task;

        /// <summary>Its input goes back to the committed offsets.</summary>
        public bool IsRewound { get; } = isRewound;

        public long Since { get; } = Stopwatch.GetTimestamp();

        public long LastTry { get; set; }
    }
}
