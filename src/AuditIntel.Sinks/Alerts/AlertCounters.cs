namespace AuditIntel.Sinks.Alerts;

/// <summary>What an <see cref="AlertDispatcher"/> has done since it was created. Written by the dispatcher, read by anybody at any time.</summary>
public sealed class AlertCounters
{
    private long _read;
    private long _delivered;
    private long _folded;
    private long _digests;
    private long _retries;
    private long _deadLetters;

    /// <summary>Records read from the topic.</summary>
    public long Read => Volatile.Read(ref _read);

    /// <summary>Deliveries: an alert with two channels counts twice; those in digests included.</summary>
    public long DeliveredCount => Volatile.Read(ref _delivered);

    /// <summary>Deliveries that went out as part of a digest.</summary>
    public long Folded => Volatile.Read(ref _folded);

    /// <summary>Digests delivered.</summary>
    public long Digests => Volatile.Read(ref _digests);

    /// <summary>Attempts that failed and were repeated.</summary>
    public long Retries => Volatile.Read(ref _retries);

    /// <summary>Deliveries, and records that are no alert, that went to the dead-letter topic.</summary>
    public long DeadLetters => Volatile.Read(ref _deadLetters);

    internal void AddRead()
    {
        Interlocked.Increment(ref _read);
        AlertMetrics.Read.Add(1);
    }

    internal void Delivered(string channel, int alerts)
    {
        Interlocked.Add(ref _delivered, alerts);
        AlertMetrics.Delivered.Add(alerts, AlertMetrics.Channel(channel));
        if (alerts > 1)
        {
            Interlocked.Increment(ref _digests);
            Interlocked.Add(ref _folded, alerts);
            AlertMetrics.Folded.Add(alerts, AlertMetrics.Channel(channel));
        }
    }

    internal void Retried(string channel)
    {
        Interlocked.Increment(ref _retries);
        AlertMetrics.Retried.Add(1, AlertMetrics.Channel(channel));
    }

    internal void SetAside(string channel, string errorClass)
    {
        Interlocked.Increment(ref _deadLetters);
        AlertMetrics.DeadLetters.Add(1, AlertMetrics.Channel(channel), new("reason", errorClass));
    }
}
