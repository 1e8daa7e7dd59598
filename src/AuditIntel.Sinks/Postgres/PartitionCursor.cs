namespace AuditIntel.Sinks.Postgres;

/// <summary>Where the sink stands in one partition. Owned by the sink's loop; <see cref="Stored"/> is read by others.</summary>
internal sealed class PartitionCursor(string topic, int partition)
{
    private long _stored = -1;

    public string Topic { get; } = topic;

    public int Partition { get; } = partition;

    /// <summary>False until the stored offset is known and the consumer was sent there; records that come before are not taken.</summary>
    public bool IsPlaced { get; private set; }

    /// <summary>Next offset to take: everything below is stored, being written or in the batch that is filled.</summary>
    public long Received { get; private set; }

    /// <summary>Next offset by the database.</summary>
    public long Stored
    {
        get => Volatile.Read(ref _stored);
        set => Volatile.Write(ref _stored, value);
    }

    /// <summary>How often in a row the registry had no answer for the record at <see cref="Received"/>.</summary>
    public int RegistryAttempts { get; set; }

    /// <summary>Starts, or starts over, at an offset.</summary>
    public void Place(long offset)
    {
        Stored = offset;
        Received = offset;
        IsPlaced = true;
    }

    /// <summary>Forgets the place, until <see cref="Place"/>.</summary>
    public void Unplace() => IsPlaced = false;

    public void Advance(long next)
    {
        Received = next;
        RegistryAttempts = 0;
    }
}
