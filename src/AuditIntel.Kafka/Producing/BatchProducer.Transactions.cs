using System.Globalization;
using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <content>Configuration and transactions.</content>
public sealed unsafe partial class BatchProducer
{
    /// <summary>Fences earlier producers of the same transactional id and ends what they left open.</summary>
    /// <exception cref="KafkaTransactionException">With what is to be done about it.</exception>
    public void InitTransactions(TimeSpan timeout) => InTransaction("begin to work", () => _producer.InitTransactions(timeout));

    public void BeginTransaction() => InTransaction("begin", _producer.BeginTransaction);

    /// <summary>Adds the offsets of the next records to be read to the transaction (KIP-447).</summary>
    public void SendOffsetsToTransaction(IReadOnlyList<PartitionOffset> offsets, GroupMembership group, TimeSpan timeout) =>
        InTransaction(
            "take the consumer's offsets",
            () => _producer.SendOffsetsToTransaction(
                offsets.Select(offset => new TopicPartitionOffset(offset.Partition.Topic, offset.Partition.Partition, offset.Offset)), group.Metadata, timeout));

    /// <summary>Flushes and commits. After a retriable error the outcome is unknown until the same call is repeated.</summary>
    public void CommitTransaction(TimeSpan timeout)
    {
        // Reports are served by this client's own polls: without them the commit would wait for its own flush.
        Flush(timeout);
        InTransaction("commit", () => _producer.CommitTransaction(timeout));
    }

    public void AbortTransaction(TimeSpan timeout)
    {
        InTransaction("abort", () => _producer.AbortTransaction(timeout));
        _deliveries.Forget();
    }

    private static ProducerConfig Configure(KafkaOptions kafka, BatchProducerOptions options)
    {
        var config = kafka.Apply(new ProducerConfig
        {
            EnableIdempotence = true,
            EnableBackgroundPoll = false,
            EnableDeliveryReports = true,
            LingerMs = options.Linger.TotalMilliseconds,
            Partitioner = Partitioner.Murmur2Random,
            QueueBufferingMaxMessages = 1_000_000,
            QueueBufferingMaxKbytes = options.BufferKilobytes,
            MessageMaxBytes = options.MaxRecordBytes,
            BatchSize = 1_000_000,
            BatchNumMessages = 100_000,
            SocketNagleDisable = true,
            TransactionalId = options.TransactionalId,
        });
        config.Set("compression.type", options.Compression);
        if (options.TransactionalId is null)
        {
            config.MessageTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds;
        }
        else
        {
            config.TransactionTimeoutMs = (int)options.TransactionTimeout.TotalMilliseconds;
        }

        return config;
    }

    private static void InTransaction(string what, Action call)
    {
        try
        {
            call();
        }
        catch (KafkaException e)
        {
            TransactionErrorKind kind = e switch
            {
                _ when e.Error.Code is ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch
                    or ErrorCode.FencedInstanceId or ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId => TransactionErrorKind.Fenced,
                KafkaTxnRequiresAbortException => TransactionErrorKind.RequiresAbort,
                KafkaRetriableException => TransactionErrorKind.Retriable,
                _ when e.Error.IsFatal => TransactionErrorKind.Fatal,
                _ => TransactionErrorKind.RequiresAbort,
            };
            throw new KafkaTransactionException($"The transaction could not {what}: {e.Error.Reason}", kind, e);
        }
    }

    private void OnError(Error error)
    {
        if (error.IsFatal)
        {
            _fatal = error;
        }
        else
        {
            _onWarning?.Invoke(error.Reason);
        }
    }

    private void OnLog(LogMessage log)
    {
        if (log.Level <= SyslogLevel.Warning)
        {
            _onWarning?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{log.Facility}: {log.Message}"));
        }
    }

    private void ThrowIfFatal()
    {
        if (_fatal is { } fatal)
        {
            throw new KafkaFailureException($"The producer failed: {fatal.Reason}", (int)fatal.Code);
        }
    }
}
