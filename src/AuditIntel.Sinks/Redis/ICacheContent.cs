using StackExchange.Redis;

namespace AuditIntel.Sinks.Redis;

/// <summary>What one cache keeps: the topics it reads and the keys that their records lead to. Writing a record again must change nothing.</summary>
internal interface ICacheContent
{
    IReadOnlyList<string> TopicNames { get; }

    /// <summary>Records taken since <see cref="Clear"/>.</summary>
    int Count { get; }

    /// <summary>Takes a record into the batch.</summary>
    /// <returns>False for a record that nothing can be made of.</returns>
    /// <exception cref="Avro.AvroException">The bytes cannot be read, or the registry does not answer.</exception>
    bool Take(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isTombstone);

    /// <summary>Adds the batch's commands, and to <paramref name="answers"/> the answers to wait for.</summary>
    void Send(IBatch batch, List<Task> answers);

    void Clear();
}
