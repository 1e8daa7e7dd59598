using System.Diagnostics;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Runtime.Checkpoints;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime.Standby;

/// <summary>
/// Keeps local copies of stores whose tasks other processes run, so that this one takes over with little left to restore. It follows the changelogs
/// as a reader without a group and looks at the group's members every few seconds; a task that comes here gets its files at once.
/// </summary>
internal sealed class StandbyKeeper : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(20);

    private readonly TaskPlan _plan;
    private readonly StreamsOptions _options;
    private readonly StateDirectory _directory;
    private readonly string _processId;
    private readonly Lock _gate = new();
    private readonly Dictionary<PartitionId, StandbyStore> _stores = [];
    private readonly HashSet<TaskId> _own = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _isChanged;

    public StandbyKeeper(TaskPlan plan, StreamsOptions options, StateDirectory directory, string processId)
    {
        _plan = plan;
        _options = options;
        _directory = directory;
        _processId = processId;
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>The task comes to this process: its files are closed when this returns. For any thread.</summary>
    public void Take(TaskId task)
    {
        lock (_gate)
        {
            _own.Add(task);
            Close(task);
        }
    }

    /// <summary>The task has left this process, and its files are closed. For any thread.</summary>
    public void Give(TaskId task)
    {
        lock (_gate)
        {
            _own.Remove(task);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task Run()
    {
        using var admin = new TopicAdmin(_options.Kafka, _options.OnWarning);
        using BatchConsumer consumer = BatchConsumer.Create(
            _options.Kafka, new BatchConsumerOptions { PrefetchKilobytes = _options.PrefetchKilobytes }, null, _options.OnWarning);
        long looked = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (looked == 0 || Stopwatch.GetElapsedTime(looked) >= LookEvery)
                {
                    looked = Stopwatch.GetTimestamp();
                    Place(await admin.MembersAsync(_options.ApplicationId, _stop.Token).ConfigureAwait(false));
                }

                if (!Copy(consumer))
                {
                    await Task.Delay(Idle, _stop.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                // The instance stops.
            }
            catch (Exception e) when (e is KafkaFailureException or IOException)
            {
                _options.OnWarning?.Invoke($"Standby copies are not kept up for a moment: {e.Message}");
            }
        }

        lock (_gate)
        {
            foreach (StandbyStore store in _stores.Values)
            {
                store.Dispose();
            }

            _stores.Clear();
        }
    }

    private void Place(IReadOnlyList<GroupMember> members)
    {
        var owners = new Dictionary<TaskId, string>();
        var processes = new HashSet<string>();
        foreach (GroupMember member in members)
        {
            string process = StreamThread.ProcessOf(member.ClientId);
            processes.Add(process);
            foreach (PartitionId partition in member.Partitions.Where(partition => _plan.IsLead(partition.Topic)))
            {
                owners[_plan.TaskOf(partition)] = process;
            }
        }

        foreach (TaskId task in _plan.Tasks)
        {
            // While nobody has the task it may be on its way here.
            bool isWanted = owners.TryGetValue(task, out string? owner)
                && StandbyPlacement.Of(task, owner, processes, _options.StandbyReplicas).Contains(_processId);
            lock (_gate)
            {
                Keep(task, isWanted && !_own.Contains(task));
            }
        }
    }

    private void Keep(TaskId task, bool isWanted)
    {
        if (!isWanted)
        {
            Close(task);
            return;
        }

        foreach (StoreDefinition store in _plan.PartOf(task).Stores.Where(store => store.HasChangelog))
        {
            var changelog = new PartitionId(Changelog.TopicOf(_options.ApplicationId, store.Name), task.Partition);
            if (!_stores.ContainsKey(changelog))
            {
                _stores.Add(changelog, new StandbyStore(_directory, task, store.Name, changelog));
                _isChanged = true;
            }
        }
    }

    private void Close(TaskId task)
    {
        foreach (StandbyStore store in _stores.Values.Where(store => store.Task == task).ToArray())
        {
            store.Dispose();
            _stores.Remove(store.Changelog);
            _isChanged = true;
        }
    }

    /// <returns>Whether anything came.</returns>
    private bool Copy(BatchConsumer consumer)
    {
        lock (_gate)
        {
            if (_isChanged)
            {
                _isChanged = false;
                consumer.Adjust([.. _stores.Values.Select(store => new PartitionOffset(store.Changelog, store.Next))]);
            }

            if (_stores.Count == 0)
            {
                return false;
            }

            RecordBatch batch = consumer.Poll(TimeSpan.Zero);
            for (int i = 0; i < batch.Count; i++)
            {
                ConsumedRecord record = batch[i];
                if (_stores.TryGetValue(new PartitionId(record.Topic, record.Partition), out StandbyStore? store))
                {
                    store.Write(in record);
                }
            }

            foreach (StandbyStore store in _stores.Values)
            {
                long position = consumer.Position(store.Changelog);
                if (position >= 0 && position != store.Next)
                {
                    store.Commit(position);
                }
            }

            return batch.Count > 0;
        }
    }
}
