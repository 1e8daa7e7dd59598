using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>
/// What delivery reports tell. The native callback finds this object by the opaque value of each message and runs on whichever thread polls.
/// </summary>
internal sealed unsafe class DeliveryState(bool trackOffsets, bool isTransactional)
{
    private readonly Dictionary<(nint Topic, int Partition), long> _offsets = [];
    private readonly Lock _gate = new();
    private string? _failure;
    private int _failureCode;

    /// <summary>Sent and neither acknowledged nor failed.</summary>
    public long Outstanding;

    public static delegate* unmanaged[Cdecl]<nint, NativeMessage*, nint, void> Callback => &OnReport;

    /// <summary>
    /// Throws the first failure since the last call, if there was one. In a transaction it is thrown until the transaction is aborted.
    /// </summary>
    public void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is not null)
        {
            Throw();
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _failure = null;
        }
    }

    private void Throw()
    {
        lock (_gate)
        {
            if (_failure is null)
            {
                return;
            }

            var failure = new KafkaFailureException(_failure, _failureCode);
            if (isTransactional)
            {
                throw new KafkaTransactionException(failure.Message, TransactionErrorKind.RequiresAbort, failure);
            }

            _failure = null;
            throw failure;
        }
    }

    public long AcknowledgedOffset(nint topic, int partition)
    {
        lock (_gate)
        {
            return _offsets.GetValueOrDefault((topic, partition), -1);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnReport(nint client, NativeMessage* message, nint opaque)
    {
        if (message->Private == 0)
        {
            return;
        }

        var state = (DeliveryState)GCHandle.FromIntPtr(message->Private).Target!;
        if (message->Error != NativeMethods.NoError)
        {
            state.Fail(message);
        }
        else if (state.IsTracking)
        {
            state.Acknowledge(message);
        }

        Interlocked.Decrement(ref state.Outstanding);
    }

    private bool IsTracking { get; } = trackOffsets;

    private void Acknowledge(NativeMessage* message)
    {
        lock (_gate)
        {
            ref long offset = ref CollectionsMarshal.GetValueRefOrAddDefault(_offsets, (message->Topic, message->Partition), out bool exists);
            offset = exists ? Math.Max(offset, message->Offset) : message->Offset;
        }
    }

    private void Fail(NativeMessage* message)
    {
        lock (_gate)
        {
            if (_failure is null)
            {
                string topic = Marshal.PtrToStringUTF8(NativeMethods.rd_kafka_topic_name(message->Topic)) ?? "";
                _failureCode = message->Error;
                _failure = $"A record for {topic}[{message->Partition}] was not delivered: {NativeMethods.ErrorText(message->Error)}";
            }
        }
    }
}
