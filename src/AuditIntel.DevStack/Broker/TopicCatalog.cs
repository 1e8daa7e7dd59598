using System.Collections.Concurrent;
using System.Text.Json;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Observability;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Broker;

/// <summary>
/// The topics: names, ids, partitions and settings are kept in topics.json, which is replaced as a whole before a change is acknowledged;
/// the partitions are folders beside it. Changes are serialised by a lock, look-ups are free.
/// </summary>
internal sealed class TopicCatalog : IDisposable
{
    public const int MaxPartitions = 10_000;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly EmbeddedBrokerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly string _path;

    private TopicCatalog(EmbeddedBrokerOptions options, TimeProvider clock, ILogger log)
    {
        _log = log;
        _options = options;
        _clock = clock;
        _path = Path.Combine(options.DataDirectory, "topics.json");
    }

    public string ClusterId { get; private set; } = "";

    public ICollection<Topic> All => _topics.Values;

    public static TopicCatalog Open(EmbeddedBrokerOptions options, TimeProvider clock, ILogger log)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var catalog = new TopicCatalog(options, clock, log);
        var saved = File.Exists(catalog._path)
            ? JsonSerializer.Deserialize<SavedCatalog>(File.ReadAllBytes(catalog._path)) ?? throw new InvalidDataException($"{catalog._path} is empty.")
            : new SavedCatalog(Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_'), []);
        catalog.ClusterId = saved.ClusterId;
        foreach (var entry in saved.Topics)
        {
            catalog._topics[entry.Name] = new Topic(entry.Name, entry.Id) { Settings = entry.Settings };
        }

        // After a crash the ends of the logs are walked: all processors take part.
        var logs = new ConcurrentDictionary<(string Topic, int Partition), PartitionLog>();
        Parallel.ForEach(
            saved.Topics.SelectMany(entry => Enumerable.Range(0, entry.Partitions).Select(partition => (entry.Name, Partition: partition))),
            each => logs[each] = catalog.OpenLog(catalog._topics[each.Name], each.Partition));
        foreach (var entry in saved.Topics)
        {
            var topic = catalog._topics[entry.Name];
            topic.Partitions = [.. Enumerable.Range(0, entry.Partitions).Select(partition => new Partition(partition, logs[(entry.Name, partition)]))];
        }

        foreach (var repaired in logs.Values.Select(log => log.Repaired).OfType<string>())
        {
            log.Repaired(repaired);
        }

        catalog.RemoveLeftovers();
        if (!File.Exists(catalog._path))
        {
            catalog.Save();
        }

        return catalog;
    }

    public Topic? Find(string name) => _topics.GetValueOrDefault(name);

    public Topic? Find(Guid id) => _topics.Values.FirstOrDefault(t => t.Id == id);

    public Topic GetOrCreate(string name) => Find(name) ?? TryCreate(name, _options.DefaultPartitions, new Dictionary<string, string>()) ?? _topics[name];

    /// <summary>Creates a topic; null when it exists.</summary>
    /// <exception cref="IOException">It cannot be written, as on a full disk; nothing of it is left.</exception>
    public Topic? TryCreate(string name, int partitions, IReadOnlyDictionary<string, string> settings)
    {
        lock (_gate)
        {
            if (_topics.ContainsKey(name))
            {
                return null;
            }

            var topic = new Topic(name, Guid.NewGuid()) { Settings = settings };
            try
            {
                OpenPartitions(topic, partitions);
                _topics[name] = topic;
                Save();
            }
            catch (IOException)
            {
                _topics.TryRemove(name, out _);
                Close(topic, from: 0);
                throw;
            }

            _log.TopicCreated(name, partitions);
            return topic;
        }
    }

    public void AddPartitions(Topic topic, int total)
    {
        lock (_gate)
        {
            var before = topic.Partitions;
            try
            {
                OpenPartitions(topic, total);
                Save();
            }
            catch (IOException)
            {
                Close(topic, from: before.Length);
                topic.Partitions = before;
                throw;
            }
        }
    }

    public void Configure(Topic topic, IReadOnlyDictionary<string, string> settings)
    {
        lock (_gate)
        {
            var before = topic.Settings;
            topic.Settings = settings;
            try
            {
                Save();
            }
            catch (IOException)
            {
                topic.Settings = before;
                throw;
            }

            var logSettings = TopicConfig.ToLogSettings(settings);
            foreach (var partition in topic.Partitions)
            {
                partition.Log.Settings = logSettings;
            }
        }
    }

    public void Delete(Topic topic)
    {
        lock (_gate)
        {
            if (_topics.TryRemove(topic.Name, out _))
            {
                try
                {
                    Save();
                }
                catch (IOException)
                {
                    _topics[topic.Name] = topic;
                    throw;
                }

                foreach (var partition in topic.Partitions)
                {
                    partition.Log.Delete();
                }

                _log.TopicDeleted(topic.Name);
            }
        }
    }

    public void Dispose()
    {
        foreach (var partition in _topics.Values.SelectMany(t => t.Partitions))
        {
            partition.Log.Dispose();
        }
    }

    private void OpenPartitions(Topic topic, int total)
    {
        List<Partition> partitions = [.. topic.Partitions];
        try
        {
            for (var i = partitions.Count; i < total; i++)
            {
                partitions.Add(new(i, OpenLog(topic, i)));
            }
        }
        finally
        {
            topic.Partitions = [.. partitions];
        }
    }

    /// <summary>Removes the partitions that a failed change has left.</summary>
    private static void Close(Topic topic, int from)
    {
        foreach (var partition in topic.Partitions[Math.Min(from, topic.Partitions.Length)..])
        {
            partition.Log.Delete();
        }
    }

    private PartitionLog OpenLog(Topic topic, int partition) =>
        PartitionLog.Open(Path.Combine(_options.DataDirectory, $"{topic.Name}-{partition}"), TopicConfig.ToLogSettings(topic.Settings), _clock);

    // A crash between the deletion of a topic and that of its folders leaves folders that belong to no topic.
    private void RemoveLeftovers()
    {
        var owned = _topics.Values.SelectMany(t => t.Partitions).Select(p => Path.GetFullPath(p.Log.Folder)).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(_options.DataDirectory))
        {
            var isPartition = Directory.EnumerateFiles(folder, "*.log").Any(f => Path.GetFileNameWithoutExtension(f) is { Length: 20 } n && n.All(char.IsAsciiDigit));
            if (isPartition && !owned.Contains(Path.GetFullPath(folder)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private void Save()
    {
        var saved = new SavedCatalog(
            ClusterId, [.. _topics.Values.Select(t => new SavedTopic(t.Name, t.Id, t.Partitions.Length, new Dictionary<string, string>(t.Settings)))]);
        AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(saved), fsync: _options.FsyncInterval is not null);
    }

    private sealed record SavedCatalog(string ClusterId, List<SavedTopic> Topics);

    private sealed record SavedTopic(string Name, Guid Id, int Partitions, Dictionary<string, string> Settings);
}
