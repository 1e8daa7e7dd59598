using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <summary>
/// Consumers that read offsets of a group and never join it. A progress display asks many times a second: they are kept, as each costs
/// threads and connections.
/// </summary>
internal sealed class ObserverPool(KafkaOptions kafka, TimeSpan requestTimeout) : IDisposable
{
    /// <summary>For questions that concern no group; the library wants a name all the same.</summary>
    public const string NoGroup = "auditintel-unused";

    /// <summary>A program asks for a handful of groups; for more than this a consumer is made and closed each time.</summary>
    private const int MostKept = 8;

    private readonly Dictionary<string, IConsumer<byte[], byte[]>> _kept = [];
    private readonly Lock _gate = new();
    private int _inUse;
    private bool _disposed;

    /// <summary>Lends the group's consumer for one question. Callers may ask at the same time.</summary>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public T Use<T>(string group, Func<IConsumer<byte[], byte[]>, T> question)
    {
        IConsumer<byte[], byte[]> consumer = Take(group, out bool isKept);
        try
        {
            return question(consumer);
        }
        finally
        {
            if (!isKept)
            {
                consumer.Dispose();
            }

            Return();
        }
    }

    /// <summary>Closes the consumers, once the last question is answered.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            CloseIfIdle();
        }
    }

    private IConsumer<byte[], byte[]> Take(string group, out bool isKept)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_kept.TryGetValue(group, out IConsumer<byte[], byte[]>? consumer))
            {
                consumer = Open(group);
                if (_kept.Count < MostKept)
                {
                    _kept.Add(group, consumer);
                }
            }

            isKept = _kept.ContainsKey(group);
            _inUse++;
            return consumer;
        }
    }

    private void Return()
    {
        lock (_gate)
        {
            _inUse--;
            CloseIfIdle();
        }
    }

    private void CloseIfIdle()
    {
        if (!_disposed || _inUse > 0)
        {
            return;
        }

        foreach (IConsumer<byte[], byte[]> consumer in _kept.Values)
        {
            consumer.Dispose();
        }

        _kept.Clear();
    }

    private IConsumer<byte[], byte[]> Open(string group) => new ConsumerBuilder<byte[], byte[]>(kafka.Apply(new ConsumerConfig
    {
        GroupId = group,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        IsolationLevel = IsolationLevel.ReadCommitted,
        AllowAutoCreateTopics = false,
        SocketTimeoutMs = (int)requestTimeout.TotalMilliseconds,
    })).SetLogHandler((_, _) => { }).Build();
}
