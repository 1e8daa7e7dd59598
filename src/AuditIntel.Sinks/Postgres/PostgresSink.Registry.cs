using AuditIntel.Kafka;

namespace AuditIntel.Sinks.Postgres;

/// <content>The registry being away is nobody's poison: the partition waits at the record whose schema is not known yet.</content>
public abstract partial class PostgresSink
{
    private static bool IsRegistryAway(Exception exception) =>
        exception is AuditIntel.Avro.SchemaRegistryException;

    private async Task WaitForRegistryAsync(BatchConsumer consumer, CancellationToken stop)
    {
        var fault = _registryFault ?? throw new InvalidOperationException("The registry did not fail.");
        var attempts = 0;
        foreach (var cursor in _heldBack)
        {
            attempts = Math.Max(attempts, ++cursor.RegistryAttempts);
        }

        if (attempts > _options.MaxRetries)
        {
            throw fault;
        }

        Retrying(fault);
        var doubled = _options.RetryDelay * Math.Pow(2, Math.Min(attempts - 1, 20));
        var pause = (doubled < _options.MaxRetryDelay ? doubled : _options.MaxRetryDelay) * (0.5 + (0.5 * Random.Shared.NextDouble()));
        await PollUntilAsync(consumer, Task.Delay(pause, _clock, stop), stop).ConfigureAwait(false);
        foreach (var cursor in _heldBack)
        {
            consumer.Seek(new PartitionOffset(new PartitionId(cursor.Topic, cursor.Partition), cursor.Received));
        }

        _heldBack.Clear();
        _registryFault = null;
        Recovered();
    }
}
