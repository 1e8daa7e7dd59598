namespace AuditIntel.Kafka;

/// <content>Leaving in order, within a time.</content>
public sealed unsafe partial class BatchConsumer
{
    private const int CloseTurnMilliseconds = 10;

    private bool IsClosed => _queue == 0;

    /// <summary>Leaves the group and closes. The listener hears of what it loses, and may still commit.</summary>
    /// <param name="timeout">Longest wait for the broker; after it the consumer is closed all the same, and the group notices by its session timeout.</param>
    /// <returns>False when the group could not be left in that time.</returns>
    /// <remarks>What the listener throws comes out of this call; the consumer is closed then too.</remarks>
    public bool Close(TimeSpan timeout)
    {
        if (IsClosed)
        {
            return true;
        }

        _batch.Release();
        lock (_queueGate)
        {
            NativeMethods.rd_kafka_queue_destroy(_queue);
            _queue = 0;
        }

        bool left = Leave(timeout);
        _partitions.Clear();
        ForgetNative();
        _consumer.Dispose();
        if (_listenerError is { } error)
        {
            _listenerError = null;
            error.Throw();
        }

        return left;
    }

    /// <summary><see cref="Close"/> within <see cref="BatchConsumerOptions.CloseTimeout"/>; what the listener throws goes to the warnings.</summary>
    public void Dispose()
    {
        try
        {
            Close(_options.CloseTimeout);
        }
        catch (Exception e)
        {
            Warn($"The listener failed while the consumer was closing: {e.Message}");
        }
    }

    private bool Leave(TimeSpan timeout)
    {
        nint queue = NativeMethods.rd_kafka_queue_new(_native);
        try
        {
            nint refused = NativeMethods.rd_kafka_consumer_close_queue(_native, queue);
            if (refused != 0)
            {
                NativeMethods.rd_kafka_error_destroy(refused);
                return false;
            }

            long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
            while (NativeMethods.rd_kafka_consumer_closed(_native) == 0)
            {
                if (Environment.TickCount64 >= deadline)
                {
                    Warn($"The group was not left within {timeout.TotalSeconds:0.#} s; its session timeout will notice.");
                    return false;
                }

                Serve(queue);
            }

            return true;
        }
        finally
        {
            NativeMethods.rd_kafka_queue_destroy(queue);
        }
    }

    /// <summary>Runs the callbacks of the closing: the revocation above all.</summary>
    private static void Serve(nint queue)
    {
        const int Most = 64;
        NativeMessage** messages = stackalloc NativeMessage*[Most];
        nint count = NativeMethods.rd_kafka_consume_batch_queue(queue, CloseTurnMilliseconds, messages, Most);
        for (nint i = 0; i < count; i++)
        {
            NativeMethods.rd_kafka_message_destroy(messages[i]);
        }
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, this);
}
