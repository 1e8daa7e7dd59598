using AuditIntel.DevStack.Protocol;
using AuditIntel.Kafka;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Registry.Storage;

/// <summary>The table and the topic behind it. One writer at a time in this registry; other registries may write to the topic too.</summary>
internal sealed class SchemaStore : IAsyncDisposable
{
    /// <summary>librdkafka's own codes for a request and for a record that were not answered in time.</summary>
    private const int ClientTimedOut = -185;
    private const int MessageTimedOut = -192;

    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TimeSpan _timeout;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, AppliedRecord> _watched = [];
    private SchemaTopic _topic = null!;
    private bool _isWatching;

    private SchemaStore(TimeSpan timeout, ILogger logger)
    {
        _timeout = timeout;
        _logger = logger;
    }

    public SchemaTable Table { get; } = new();

    /// <exception cref="IOException">The topic cannot be opened.</exception>
    public static async Task<SchemaStore> OpenAsync(KafkaOptions kafka, TimeSpan timeout, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var store = new SchemaStore(timeout, logger);
        try
        {
            store._topic = await SchemaTopic.OpenAsync(kafka, timeout, clock, logger, store.OnRecord, cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch (Exception e) when (e is KafkaFailureException or TimeoutException)
        {
            throw new IOException($"The topic {SchemaTopic.Name} at {kafka.BootstrapServers} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Does a piece of work that looks at the table and writes, when all that the topic holds is in the table, and while nobody else here writes.</summary>
    /// <exception cref="RegistryException">The work refuses, or the store fails.</exception>
    public async Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(_timeout, cancellationToken).ConfigureAwait(false))
        {
            throw RegistryException.TimedOut("Waiting for other writers timed out");
        }

        try
        {
            await Guard(() => _topic.CatchUpAsync(cancellationToken)).ConfigureAwait(false);
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Within <see cref="WriteAsync"/>: writes a record and returns what it did to the table. It is not given up when the client that asked goes away.</summary>
    /// <exception cref="RegistryException">It was not written.</exception>
    public async Task<AppliedRecord> PutAsync(RecordKey key, byte[]? value)
    {
        lock (_gate)
        {
            _watched.Clear();
            _isWatching = true;
        }

        try
        {
            long offset = -1;
            await Guard(async () => offset = await _topic.AppendAsync(key.ToBytes(), value).ConfigureAwait(false)).ConfigureAwait(false);
            lock (_gate)
            {
                return _watched.TryGetValue(offset, out AppliedRecord applied) ? applied : new AppliedRecord("it was not read back", null);
            }
        }
        finally
        {
            lock (_gate)
            {
                _isWatching = false;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _topic.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private static async Task Guard(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (KafkaFailureException e)
        {
            throw e.Code switch
            {
                (int)ErrorCode.MessageTooLarge => RegistryException.SchemaTooLarge(),
                ClientTimedOut or MessageTimedOut => RegistryException.TimedOut(e.Message),
                _ => RegistryException.StoreFailed(e.Message),
            };
        }
        catch (TimeoutException e)
        {
            throw RegistryException.TimedOut(e.Message);
        }
    }

    private void OnRecord(long offset, byte[] key, byte[]? value)
    {
        AppliedRecord applied;
        try
        {
            applied = Table.Apply(RecordKey.Parse(key), value);
        }
        catch (FormatException e)
        {
            applied = new AppliedRecord(e.Message, null);
        }

        if (applied.Refusal is not null)
        {
            RegistryLog.RecordSkipped(_logger, offset, SchemaTopic.Name, applied.Refusal);
        }

        lock (_gate)
        {
            if (_isWatching)
            {
                _watched[offset] = applied;
            }
        }
    }
}
