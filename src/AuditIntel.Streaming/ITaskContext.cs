using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>What any processor may use of its task.</summary>
public interface ITaskContext
{
    /// <summary>Application id of the instance.</summary>
    string ApplicationId { get; }

    /// <summary>Number of the task's partition.</summary>
    int Partition { get; }

    /// <summary>Origin of the record that is being processed; without topic during a punctuation.</summary>
    RecordMetadata Metadata { get; }

    /// <summary>Highest timestamp that the task has seen, milliseconds since 1970; -1 for none.</summary>
    long StreamTimeMs { get; }

    /// <summary>The time of the machine (of the driver in a test), milliseconds since 1970.</summary>
    long WallClockTimeMs { get; }

    /// <exception cref="InvalidOperationException">The processor was not connected with a store of that name and type.</exception>
    IKeyValueStore<TStoreKey, TStoreValue> GetStateStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull;

    /// <exception cref="InvalidOperationException">The processor was not connected with a store of that name and type.</exception>
    IWindowStore<TStoreKey, TStoreValue> GetWindowStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull;

    /// <exception cref="InvalidOperationException">The processor was not connected with a store of that name and type.</exception>
    ISessionStore<TStoreKey, TStoreValue> GetSessionStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull;

    /// <summary>A global store; it needs no connection.</summary>
    /// <exception cref="InvalidOperationException">There is no global store of that name and type.</exception>
    IReadOnlyKeyValueStore<TStoreKey, TStoreValue> GetGlobalStore<TStoreKey, TStoreValue>(string name)
        where TStoreKey : notnull;

    /// <summary>
    /// Calls back in regular intervals, on the task's thread. By stream time: at the first record, and then whenever records have moved stream time past the
    /// next multiple of the interval; by wall clock: first after one interval. Intervals that were missed are skipped, not made up for.
    /// </summary>
    /// <param name="interval">At least one millisecond.</param>
    /// <param name="type">Which time.</param>
    /// <param name="callback">Receives the time in milliseconds since 1970; it may forward records and cancel its own schedule.</param>
    /// <returns>Dispose it to cancel.</returns>
    IDisposable Schedule(TimeSpan interval, PunctuationType type, Action<long> callback);
}
