using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Log;

/// <summary>
/// What a partition knows of its idempotent and transactional producers (KIP-98): epoch, the last five batches of each, and where its open
/// transaction began. Owned by a <see cref="PartitionLog"/> and used under its lock; rebuilt from the log on start.
/// </summary>
internal sealed class ProducerStates(TimeProvider clock)
{
    /// <summary>Batches remembered for a producer: as many as it may have in flight.</summary>
    public const int RememberedBatches = 5;

    private readonly Dictionary<long, ProducerState> _producers = [];

    public IEnumerable<ProducerState> All => _producers.Values;

    /// <value>The first offset of the oldest open transaction, or null.</value>
    public long? FirstOpenOffset { get; private set; }

    public ProducerState? Find(long producerId) => _producers.GetValueOrDefault(producerId);

    /// <summary>Judges a batch before it is appended; <paramref name="duplicate"/> is set when it is in the log already.</summary>
    public ErrorCode Check(in BatchHeader header, out AppendedBatch? duplicate)
    {
        duplicate = null;
        if (!_producers.TryGetValue(header.ProducerId, out var state))
        {
            // A producer the log has forgotten may go on with any sequence, as in Apache Kafka since 2.5 (KAFKA-7190).
            return ErrorCode.None;
        }

        if (header.ProducerEpoch < state.Epoch)
        {
            return ErrorCode.InvalidProducerEpoch;
        }

        if (header.BaseSequence < 0)
        {
            return ErrorCode.None;
        }

        if (header.ProducerEpoch > state.Epoch)
        {
            return header.BaseSequence == 0 ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber;
        }

        foreach (var batch in state.Batches)
        {
            if (batch.FirstSequence == header.BaseSequence && batch.LastSequence == header.LastSequence)
            {
                duplicate = batch;
                return ErrorCode.None;
            }
        }

        if (state.Batches.Count == 0 || header.BaseSequence == BatchHeader.AddSequence(state.LastSequence, 1))
        {
            return ErrorCode.None;
        }

        return ErrorCode.OutOfOrderSequenceNumber;
    }

    /// <summary>Takes in a batch that is in the log.</summary>
    /// <returns>The transaction that a control batch ended, when it was aborted.</returns>
    public AbortedTransaction? Apply(in BatchHeader header, bool isAbort)
    {
        if (!header.HasProducer)
        {
            return null;
        }

        if (!_producers.TryGetValue(header.ProducerId, out var state))
        {
            _producers[header.ProducerId] = state = new ProducerState { ProducerId = header.ProducerId, Epoch = header.ProducerEpoch };
        }

        if (header.ProducerEpoch > state.Epoch)
        {
            state.Epoch = header.ProducerEpoch;
            state.Batches.Clear();
        }

        state.LastTimestamp = header.MaxTimestamp;
        state.LastSeen = clock.GetUtcNow();
        if (header.IsControl)
        {
            var first = state.OpenTransactionOffset;
            state.OpenTransactionOffset = null;
            FindFirstOpen();
            return isAbort && first is { } offset ? new(header.ProducerId, offset, header.LastOffset, FirstOpenOffset ?? header.LastOffset + 1) : null;
        }

        if (header.BaseSequence >= 0)
        {
            if (state.Batches.Count == RememberedBatches)
            {
                state.Batches.RemoveAt(0);
            }

            state.Batches.Add(new(header.BaseSequence, header.LastSequence, header.BaseOffset, header.MaxTimestamp));
        }

        if (header.IsTransactional && state.OpenTransactionOffset is null)
        {
            state.OpenTransactionOffset = header.BaseOffset;
            FirstOpenOffset ??= header.BaseOffset;
        }

        return null;
    }

    /// <summary>Takes in a producer of a snapshot.</summary>
    public void Restore(ProducerState state)
    {
        state.LastSeen = clock.GetUtcNow();
        _producers[state.ProducerId] = state;
        FindFirstOpen();
    }

    /// <summary>Forgets producers that have been silent since before a time and have nothing open.</summary>
    public void Expire(DateTimeOffset before)
    {
        foreach (var state in _producers.Values)
        {
            if (state.LastSeen < before && state.OpenTransactionOffset is null)
            {
                _producers.Remove(state.ProducerId);
            }
        }
    }

    private void FindFirstOpen()
    {
        long? first = null;
        foreach (var state in _producers.Values)
        {
            if (state.OpenTransactionOffset is { } offset && (first is null || offset < first))
            {
                first = offset;
            }
        }

        FirstOpenOffset = first;
    }
}
