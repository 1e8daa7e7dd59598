using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <content>Where reading stands and goes on; what the group has committed.</content>
public sealed unsafe partial class BatchConsumer
{
    /// <summary>
    /// True when all that the partition held at the last fetch has been handed out. Transaction markers and aborted records at the end do
    /// not count, as nobody ever sees them.
    /// </summary>
    public bool IsAtEnd(PartitionId partition) => EndOffset(partition) is not null;

    /// <inheritdoc cref="IsAtEnd(PartitionId)"/>
    public bool IsAtEnd(string topic, int partition) => IsAtEnd(new PartitionId(topic, partition));

    /// <summary>The offset behind the partition's last record, markers included, when <see cref="IsAtEnd(PartitionId)"/>; otherwise null.</summary>
    public long? EndOffset(PartitionId partition) =>
        _partitions.TryGetValue(partition, out PartitionState? state) && state.End != PartitionOffset.None ? state.End : null;

    /// <summary>
    /// Offset of the next record that a poll will hand out; behind the transaction markers when the end is reached, so that it is what a
    /// group should commit to show no lag. <see cref="PartitionOffset.None"/> before the first record and for partitions of others.
    /// </summary>
    public long Position(PartitionId partition) =>
        _partitions.TryGetValue(partition, out PartitionState? state) ? state.Position : PartitionOffset.None;

    /// <inheritdoc cref="Position(PartitionId)"/>
    public long Position(string topic, int partition) => Position(new PartitionId(topic, partition));

    /// <summary>
    /// No further records of these partitions until <see cref="Resume"/>. Records fetched ahead are given up and fetched again. May be
    /// called by a listener for partitions that are just being assigned. A rebalance that takes and gives a partition resumes it.
    /// </summary>
    /// <exception cref="KafkaFailureException">A partition is not assigned to this consumer.</exception>
    public void Pause(IEnumerable<PartitionId> partitions)
    {
        foreach (PartitionId partition in partitions)
        {
            PartitionState state = Own(partition);
            if (!state.IsPaused)
            {
                state.IsPaused = true;
                ApplyPause(state);
            }
        }
    }

    /// <summary>Goes on where reading stood when the partitions were paused.</summary>
    /// <exception cref="KafkaFailureException">A partition is not assigned to this consumer.</exception>
    public void Resume(IEnumerable<PartitionId> partitions)
    {
        foreach (PartitionId partition in partitions)
        {
            PartitionState state = Own(partition);
            if (!state.IsPaused)
            {
                continue;
            }

            state.IsPaused = false;
            _consumer.Resume([Convert(partition)]);

            // "rd_kafka_consume_batch_queue() intermittently skipping offsets when pause or resume was being used for a partition": fixed in
            // librdkafka 2.1.0 by its changelog, so not in Debian's 2.0.2. Going back to what was really handed out is right with either.
            if (state.PendingSeek == PartitionOffset.None)
            {
                long position = state.Position != PartitionOffset.None ? state.Position : Origin(state);
                if (position != PartitionOffset.None)
                {
                    ApplySeek(state, position);
                }
            }
        }
    }

    /// <summary>
    /// Goes on at this offset; records fetched before are given up. An offset may also be <see cref="PartitionOffset.Beginning"/> or
    /// <see cref="PartitionOffset.End"/>. May be called by a listener for partitions that are just being assigned.
    /// </summary>
    /// <exception cref="KafkaFailureException">The partition is not assigned to this consumer.</exception>
    public void Seek(PartitionOffset position)
    {
        PartitionState state = Own(position.Partition);
        state.End = PartitionOffset.None;
        state.Position = position.Offset >= 0 ? position.Offset : PartitionOffset.None;
        state.Start = position.Offset;
        ApplySeek(state, position.Offset);
    }

    /// <inheritdoc cref="Seek(PartitionOffset)"/>
    public void Seek(string topic, int partition, long offset) => Seek(new PartitionOffset(new PartitionId(topic, partition), offset));

    /// <summary>The group's committed offsets; <see cref="PartitionOffset.None"/> where there is none.</summary>
    public IReadOnlyList<PartitionOffset> Committed(IEnumerable<PartitionId> partitions)
    {
        try
        {
            return [.. _consumer.Committed(partitions.Select(Convert), _options.RequestTimeout).Select(Convert)];
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"Committed offsets cannot be read: {e.Error.Reason}", e);
        }
    }

    /// <summary>End of a partition as the last fetch told it, without asking; -1 when nothing was fetched yet.</summary>
    public long KnownEnd(PartitionId partition)
    {
        ThrowIfClosed();
        return _partitions.ContainsKey(partition) ? Math.Max(-1, _consumer.GetWatermarkOffsets(Convert(partition)).High.Value) : -1;
    }

    /// <summary>First offset and the one behind the last, asked of the broker. Read-committed consumers get the last stable offset.</summary>
    public (long Begin, long End) QueryWatermarks(PartitionId partition) => QueryWatermarks(partition, _options.RequestTimeout);

    /// <inheritdoc cref="QueryWatermarks(PartitionId)"/>
    public (long Begin, long End) QueryWatermarks(PartitionId partition, TimeSpan timeout)
    {
        ThrowIfClosed();
        OffsetRange range = Watermarks.Query(_consumer, [partition], timeout)[0];
        return (range.Begin, range.End);
    }

    private PartitionState Own(PartitionId partition)
    {
        ThrowIfClosed();
        return _partitions.TryGetValue(partition, out PartitionState? state)
            ? state
            : throw new KafkaFailureException($"{partition} is not assigned to this consumer.", (int)ErrorCode.Local_State);
    }

    /// <summary>Where a partition began of which nothing was handed out yet; None where the library must know it.</summary>
    private long Origin(PartitionState state)
    {
        if (state.Start != PartitionOffset.None || _options.GroupId is null)
        {
            return state.Start;
        }

        long committed = Committed([state.Id])[0].Offset;
        return committed == PartitionOffset.None && _options.FromBeginning ? PartitionOffset.Beginning : committed;
    }

    private void ApplyPending()
    {
        if (_pausesPending)
        {
            _pausesPending = false;
            foreach (PartitionState state in _partitions.Values)
            {
                if (state.IsPaused)
                {
                    ApplyPause(state);
                }
            }
        }

        if (_seeksPending)
        {
            _seeksPending = false;
            foreach (PartitionState state in _partitions.Values)
            {
                if (state.PendingSeek != PartitionOffset.None)
                {
                    ApplySeek(state, state.PendingSeek);
                }
            }
        }
    }

    private void ApplyPause(PartitionState state)
    {
        if (_isAssigning)
        {
            _pausesPending = true;
            return;
        }

        try
        {
            _consumer.Pause([Convert(state.Id)]);
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"{state.Id} cannot be paused: {e.Error.Reason}", e);
        }
    }

    private void ApplySeek(PartitionState state, long offset)
    {
        state.PendingSeek = offset;
        _seeksPending = true;
        if (_isAssigning)
        {
            return;
        }

        nint topic = NativeMethods.rd_kafka_topic_new(_native, state.Id.Topic, 0);
        int error = NativeMethods.rd_kafka_seek(topic, state.Id.Partition, offset, SeekTimeoutMilliseconds);
        NativeMethods.rd_kafka_topic_destroy(topic);
        switch (error)
        {
            case NativeMethods.NoError:
                // All that the library hands out from here on is of the new position.
                state.PendingSeek = PartitionOffset.None;
                break;
            case NativeMethods.WrongState or NativeMethods.PreviousInProgress or NativeMethods.UnknownPartition or NativeMethods.TimedOut:
                // Fetching has not begun yet: the next poll tries again.
                break;
            default:
                throw new KafkaFailureException($"{state.Id} cannot be read from offset {offset}: {NativeMethods.ErrorText(error)}", error);
        }
    }
}
