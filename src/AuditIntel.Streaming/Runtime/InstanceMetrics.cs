using System.Diagnostics.Metrics;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>Gauges of one instance, looked at only when somebody collects; each task under its gate.</summary>
internal sealed class InstanceMetrics : IDisposable
{
    private readonly Meter _meter = new("AuditIntel.Streaming.Instance");
    private readonly KeyValuePair<string, object?> _application;
    private readonly Func<IReadOnlyList<StreamThread>> _threads;

    public InstanceMetrics(string applicationId, Func<IReadOnlyList<StreamThread>> threads, Func<StreamsState> state)
    {
        _application = new KeyValuePair<string, object?>("application", applicationId);
        _threads = threads;
        _meter.CreateObservableGauge("streams.state", () => States(state()), "{instance}", "1 for the state that the instance is in.");
        _meter.CreateObservableGauge("streams.tasks", () => ByThread(thread => thread.Tasks.Count), "{task}", "Tasks that a thread runs.");
        _meter.CreateObservableGauge("streams.cache.size", () => ByThread(thread => thread.Cache.UsedBytes), "By", "Estimated bytes of cached changes.");
        _meter.CreateObservableGauge("streams.store.entries", StoreEntries, "{entry}", "Entries of a store in a task.");
        _meter.CreateObservableGauge("streams.task.buffered", Buffered, "{record}", "Records of a task that wait for their turn.");
        _meter.CreateObservableGauge("streams.task.lag", Lags, "{record}", "Records of an input partition that were fetched or announced and are not processed.");
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> States(StreamsState current) =>
        Enum.GetValues<StreamsState>().Select(state => new Measurement<int>(state == current ? 1 : 0, _application, new("state", state.ToString())));

    private IEnumerable<Measurement<long>> ByThread(Func<StreamThread, long> measure) =>
        _threads().Select(thread => new Measurement<long>(measure(thread), _application, new("thread", thread.Name)));

    private IEnumerable<Measurement<long>> StoreEntries()
    {
        foreach (StreamTask task in Tasks())
        {
            foreach (IStateStore store in task.Stores.Values)
            {
                long entries;
                lock (task.Gate)
                {
                    entries = store.ApproximateCount;
                }

                yield return new Measurement<long>(entries, _application, new("task", task.Id.ToString()), new("store", store.Name));
            }
        }
    }

    private IEnumerable<Measurement<long>> Buffered()
    {
        foreach (StreamTask task in Tasks())
        {
            long buffered;
            lock (task.Gate)
            {
                buffered = task.Buffered;
            }

            yield return new Measurement<long>(buffered, _application, new("task", task.Id.ToString()));
        }
    }

    private IEnumerable<Measurement<long>> Lags()
    {
        foreach (StreamTask task in Tasks())
        {
            foreach (TaskInput input in task.Inputs)
            {
                if (input.KnownEnd >= 0 && input.Position >= 0)
                {
                    yield return new Measurement<long>(
                        Math.Max(0, input.KnownEnd - input.Position),
                        _application,
                        new("task", task.Id.ToString()),
                        new("topic", input.Partition.Topic),
                        new("partition", input.Partition.Partition));
                }
            }
        }
    }

    private IEnumerable<StreamTask> Tasks() => _threads().SelectMany(thread => thread.Tasks);
}
