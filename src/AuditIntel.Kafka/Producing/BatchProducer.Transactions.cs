using System.Globalization;
using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <content>Configuration and transactions.</content>
public sealed unsafe partial class BatchProducer
{
    private volatile bool _inTransaction;

    /// <summary>Fences earlier producers of the same transactional id and ends what they left open.</summary>
    /// <exception cref="KafkaTransactionException">With what is to be done about it.</exception>
    public void InitTransactions(TimeSpan timeout) => InTransaction("begin to work", () => _producer.InitTransactions(timeout));

    /// <summary>Begins a transaction: everything produced until it is committed becomes visible together, or never.</summary>
    /// <exception cref="KafkaTransactionException">With what is to be done about it.</exception>
    public void BeginTransaction()
    {
        InTransaction("begin", _producer.BeginTransaction);
        _deliveries.Forget();
        _inTransaction = true;
    }

    /// <summary>Adds the offsets of the next records to be read to the transaction (KIP-447).</summary>
    /// <exception cref="KafkaTransactionException">With what is to be done about it; Fenced when the group has moved on.</exception>
    public void SendOffsetsToTransaction(IReadOnlyList<PartitionOffset> offsets, GroupMembership group, TimeSpan timeout) =>
        InTransaction(
            "take the consumer's offsets",
            () => _producer.SendOffsetsToTransaction(
                offsets.Select(offset => new TopicPartitionOffset(offset.Partition.Topic, offset.Partition.Partition, offset.Offset)), group.Metadata, timeout));

    /// <summary>Flushes and commits. After a retriable error the outcome is unknown until the same call is repeated.</summary>
    /// <exception cref="KafkaTransactionException">With what is to be done about it.</exception>
    public void CommitTransaction(TimeSpan timeout)
    {
        try
        {
            Flush(timeout);
        }
        catch (KafkaFailureException e) when (e.Code == NativeMethods.TimedOut)
        {
            throw new KafkaTransactionException($"The transaction could not commit: {e.Message}", TransactionErrorKind.Retriable, e);
        }

        InTransaction("commit", () => _producer.CommitTransaction(timeout));
        _inTransaction = false;
    }

    /// <summary>Gives up what was produced since the transaction began. Nobody who reads committed records ever sees it.</summary>
    /// <exception cref="KafkaTransactionException">With what is to be done about it.</exception>
    public void AbortTransaction(TimeSpan timeout)
    {
        try
        {
            InTransaction("abort", () => _producer.AbortTransaction(timeout));
            _inTransaction = false;
        }
        finally
        {
            // Records given up on purpose are reported as failed.
            _deliveries.Forget();
        }
    }

    /// <summary>Readers must not wait behind a transaction that nobody will end: the broker is told, if it answers in time.</summary>
    private void AbandonTransaction()
    {
        try
        {
            _producer.AbortTransaction(_options.CloseTimeout);
        }
        catch (KafkaException e)
        {
            Warn($"An open transaction was left to its timeout when the producer was closed: {e.Error.Reason}");
        }
    }

    private static ProducerConfig Configure(KafkaOptions kafka, BatchProducerOptions options)
    {
        var config = new ProducerConfig
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
        };
        config.Set("compression.type", options.Compression);
        if (options.TransactionalId is null)
        {
            config.MessageTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds;
        }
        else
        {
            config.TransactionTimeoutMs = (int)options.TransactionTimeout.TotalMilliseconds;
        }

        return kafka.Apply(config);
    }

    private void InTransaction(string what, Action call)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            call();
        }
        catch (KafkaException e)
        {
            TransactionErrorKind kind = e switch
            {
                _ when IsFencing(e.Error.Code) => TransactionErrorKind.Fenced,
                KafkaTxnRequiresAbortException => TransactionErrorKind.RequiresAbort,
                KafkaRetriableException => TransactionErrorKind.Retriable,
                _ when e.Error.IsFatal => TransactionErrorKind.Fatal,
                _ => TransactionErrorKind.RequiresAbort,
            };
            throw new KafkaTransactionException($"The transaction could not {what}: {e.Error.Reason}", kind, e);
        }
    }

    private static bool IsFencing(ErrorCode code) => code is ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch
        or ErrorCode.FencedInstanceId or ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId;

    private void OnError(Error error)
    {
        if (error.IsFatal)
        {
            _fatal = error;
        }
        else
        {
            Warn(error.Reason);
        }
    }

    private void OnLog(LogMessage log)
    {
        if (KafkaOptions.IsWorthAWarning(log))
        {
            Warn(string.Create(CultureInfo.InvariantCulture, $"{log.Facility}: {log.Message}"));
        }
    }

    private void Warn(string message) => _onWarning?.Invoke(message);

    private void ThrowIfFailed()
    {
        if (_fatal is { } fatal)
        {
            var failure = new KafkaFailureException($"The producer failed: {fatal.Reason}", (int)fatal.Code);
            throw _options.TransactionalId is null
                ? failure
                : new KafkaTransactionException(failure.Message, IsFencing(fatal.Code) ? TransactionErrorKind.Fenced : TransactionErrorKind.Fatal, failure);
        }

        _deliveries.ThrowIfFailed();
    }

    /// <summary>A record that the library does not take: for the record's fault, or for the producer's, which is the end of the transaction.</summary>
    private Exception Refused(string message, int code)
    {
        if (code is NativeMethods.RecordTooLarge or NativeMethods.UnknownPartition or NativeMethods.UnknownTopic)
        {
            return new RecordRefusedException(message, code);
        }

        var failure = new KafkaFailureException(message, code);
        return _inTransaction ? new KafkaTransactionException(message, TransactionErrorKind.RequiresAbort, failure) : failure;
    }
}
