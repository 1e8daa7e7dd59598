using System.Collections.Concurrent;
using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Protocol;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Transactions;

/// <summary>
/// Coordinates transactions (KIP-98): the decision is written to __transaction_state first, then the markers to every partition, then the
/// completion. After a crash between these steps <see cref="Resume"/> writes the markers again.
/// </summary>
internal sealed partial class TransactionCoordinator(
    TopicCatalog catalog, GroupCoordinator groups, ProducerIdSource producerIds, TimeProvider clock, TimeSpan maxTimeout, ILogger log) : IDisposable
{
    private readonly ConcurrentDictionary<string, TransactionEntry> _entries = new(StringComparer.Ordinal);
    private readonly TransactionLog _log = new(catalog, clock);
    private volatile bool _closed;

    public ICollection<TransactionEntry> All => _entries.Values;

    public TransactionEntry? Find(string id) => _entries.GetValueOrDefault(id);

    /// <summary>Loads the state and ends what was decided before the stop.</summary>
    public void Resume()
    {
        foreach (var (id, entry) in _log.Load())
        {
            _entries[id] = entry;
            lock (entry.Gate)
            {
                if (entry.State is TransactionState.PrepareCommit or TransactionState.PrepareAbort)
                {
                    Complete(entry, entry.State == TransactionState.PrepareCommit);
                }
                else if (entry.State == TransactionState.Ongoing)
                {
                    StartTimer(entry);
                }
            }
        }
    }

    /// <summary>Gives a transactional producer its id and a new epoch; what its predecessor left open is aborted.</summary>
    public ProducerIdentity Init(string id, int timeoutMs, long producerId, short epoch)
    {
        if (id.Length == 0)
        {
            return ProducerIdentity.Failed(ErrorCode.InvalidRequest);
        }

        if (timeoutMs <= 0 || timeoutMs > maxTimeout.TotalMilliseconds)
        {
            return ProducerIdentity.Failed(ErrorCode.InvalidTransactionTimeout);
        }

        var entry = _entries.GetOrAdd(id, i => new TransactionEntry { Id = i, ProducerId = -1, Epoch = -1 });
        lock (entry.Gate)
        {
            if (entry.State == TransactionState.Dead || Decided(entry) != ErrorCode.None)
            {
                return ProducerIdentity.Failed(ErrorCode.ConcurrentTransactions);
            }

            if (producerId >= 0 && entry.ProducerId >= 0)
            {
                if (producerId == entry.ProducerId && epoch == entry.PreviousEpoch)
                {
                    return new(ErrorCode.None, entry.ProducerId, entry.Epoch);
                }

                if (producerId != entry.ProducerId || epoch != entry.Epoch)
                {
                    return ProducerIdentity.Failed(ErrorCode.ProducerFenced);
                }
            }

            if (entry.State == TransactionState.Ongoing)
            {
                entry.Epoch++;
                var aborted = End(entry, commit: false);
                if (aborted != ErrorCode.None)
                {
                    return ProducerIdentity.Failed(aborted);
                }
            }

            // A new id has no epoch that a repeated request could tell of, whatever epoch the client sent along (platformatic's sends 0).
            entry.PreviousEpoch = producerId >= 0 && entry.ProducerId >= 0 ? epoch : (short)-1;
            if (entry.ProducerId < 0 || entry.Epoch >= short.MaxValue - 1)
            {
                if (producerIds.Next() is not { } fresh)
                {
                    return ProducerIdentity.Failed(ErrorCode.NotCoordinator);
                }

                entry.ProducerId = fresh;
                entry.Epoch = 0;
            }
            else
            {
                entry.Epoch++;
            }

            entry.TimeoutMs = timeoutMs;
            entry.State = TransactionState.Empty;
            entry.Partitions.Clear();
            entry.StartTimestamp = -1;
            var error = _log.Save(entry);
            return error == ErrorCode.None ? new(ErrorCode.None, entry.ProducerId, entry.Epoch) : ProducerIdentity.Failed(error);
        }
    }

    /// <summary>Puts partitions under the transaction, which begins with the first.</summary>
    public ErrorCode Add(string id, long producerId, short epoch, IEnumerable<TopicPartition> partitions)
    {
        if (Find(id) is not { } entry)
        {
            return ErrorCode.InvalidProducerIdMapping;
        }

        lock (entry.Gate)
        {
            var error = Check(entry, producerId, epoch);
            if (error != ErrorCode.None)
            {
                return error;
            }

            if (Decided(entry) != ErrorCode.None)
            {
                return ErrorCode.ConcurrentTransactions;
            }

            var (state, start, listed) = (entry.State, entry.StartTimestamp, entry.Partitions.ToArray());
            var began = entry.State != TransactionState.Ongoing;
            if (began)
            {
                entry.Partitions.Clear();
                entry.StartTimestamp = clock.GetUtcNow().ToUnixTimeMilliseconds();
                entry.State = TransactionState.Ongoing;
                StartTimer(entry);
            }

            var before = entry.Partitions.Count;
            entry.Partitions.UnionWith(partitions);
            error = began || entry.Partitions.Count > before ? _log.Save(entry) : ErrorCode.None;
            if (error != ErrorCode.None)
            {
                // What a restart would not know must not be so now.
                if (began)
                {
                    entry.Timer?.Dispose();
                    entry.Timer = null;
                }

                (entry.State, entry.StartTimestamp) = (state, start);
                entry.Partitions.IntersectWith(listed);
            }

            return error;
        }
    }

    /// <summary>
    /// Does work that belongs to an open transaction, and only if the partition is part of it: a late batch can never stay behind in a partition
    /// as a transaction nobody will end (KIP-890).
    /// </summary>
    public TResult Within<TResult>(
        string? id, long producerId, short epoch, TopicPartition partition, Func<TResult> work, Func<ErrorCode, TResult> refuse)
    {
        if (id is null || Find(id) is not { } entry)
        {
            return refuse(ErrorCode.InvalidProducerIdMapping);
        }

        lock (entry.Gate)
        {
            var error = Check(entry, producerId, epoch);
            if (error != ErrorCode.None)
            {
                return refuse(error);
            }

            return entry.State == TransactionState.Ongoing && entry.Partitions.Contains(partition) ? work() : refuse(ErrorCode.InvalidTxnState);
        }
    }

    public ErrorCode End(string id, long producerId, short epoch, bool commit)
    {
        if (Find(id) is not { } entry)
        {
            return ErrorCode.InvalidProducerIdMapping;
        }

        lock (entry.Gate)
        {
            var error = Check(entry, producerId, epoch);
            if (error != ErrorCode.None)
            {
                return error;
            }

            return entry.State switch
            {
                TransactionState.Ongoing => End(entry, commit),
                TransactionState.PrepareCommit when commit => Decided(entry),
                TransactionState.PrepareAbort when !commit => Decided(entry),

                // The answer to the first request may have been lost.
                TransactionState.CompleteCommit when commit => ErrorCode.None,
                TransactionState.CompleteAbort when !commit => ErrorCode.None,
                _ => ErrorCode.InvalidTxnState,
            };
        }
    }

    public void Dispose()
    {
        _closed = true;
        foreach (var entry in _entries.Values)
        {
            lock (entry.Gate)
            {
                entry.Timer?.Dispose();
            }
        }
    }

    private static ErrorCode Check(TransactionEntry entry, long producerId, short epoch)
    {
        if (entry.ProducerId != producerId)
        {
            return ErrorCode.InvalidProducerIdMapping;
        }

        return entry.Epoch == epoch ? ErrorCode.None : ErrorCode.ProducerFenced;
    }

    /// <summary>Writes the markers of a decided transaction that could not all be written before; an error says that they still cannot.</summary>
    private ErrorCode Decided(TransactionEntry entry) =>
        entry.State is TransactionState.PrepareCommit or TransactionState.PrepareAbort ? Complete(entry, entry.State == TransactionState.PrepareCommit) : ErrorCode.None;

    private ErrorCode End(TransactionEntry entry, bool commit)
    {
        entry.Timer?.Dispose();
        entry.Timer = null;
        entry.State = commit ? TransactionState.PrepareCommit : TransactionState.PrepareAbort;
        var error = _log.Save(entry);
        if (error != ErrorCode.None)
        {
            entry.State = TransactionState.Ongoing;
            StartTimer(entry);
            return error;
        }

        return Complete(entry, commit);
    }

    private ErrorCode Complete(TransactionEntry entry, bool commit)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var partition in entry.Partitions)
        {
            // A topic deleted meanwhile has nothing left to decide.
            if (catalog.Find(partition.Topic)?.Find(partition.Partition) is { } found)
            {
                var result = found.Log.Append(ControlRecord.Marker(entry.ProducerId, entry.Epoch, commit, coordinatorEpoch: 0, now), AppendOrigin.Broker);
                if (result.Error is not (ErrorCode.None or ErrorCode.UnknownTopicOrPartition))
                {
                    return result.Error.ForCoordinator();
                }
            }

            if (partition.Topic == TopicName.Offsets)
            {
                groups.EndTransaction(entry.ProducerId, commit);
            }
        }

        var prepared = entry.State;
        var partitions = entry.Partitions.ToArray();
        entry.State = commit ? TransactionState.CompleteCommit : TransactionState.CompleteAbort;
        entry.Partitions.Clear();
        var saved = _log.Save(entry);
        if (saved != ErrorCode.None)
        {
            entry.State = prepared;
            entry.Partitions.UnionWith(partitions);
        }

        return saved;
    }

    private void StartTimer(TransactionEntry entry)
    {
        entry.Timer?.Dispose();
        entry.Timer = clock.CreateTimer(_ => OnTimeout(entry, entry.Epoch), null, TimeSpan.FromMilliseconds(entry.TimeoutMs), Timeout.InfiniteTimeSpan);
    }

    private void OnTimeout(TransactionEntry entry, short epoch)
    {
        lock (entry.Gate)
        {
            if (!_closed && entry.State == TransactionState.Ongoing && entry.Epoch == epoch)
            {
                // The new epoch fences the producer that let its time run out.
                entry.Epoch++;
                log.TransactionTimedOut(entry.Id, entry.TimeoutMs);
                End(entry, commit: false);
            }
        }
    }
}
