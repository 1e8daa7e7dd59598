using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Delivery;

/// <summary>An alert of the topic on its way through its channels.</summary>
internal sealed class AlertDelivery(Alert alert, byte[] key, byte[] payload, PartitionLedger ledger, long offset, int channels, long receivedAt)
{
    private int _left = channels;

    public Alert Alert { get; } = alert;

    public byte[] Key { get; } = key;

    /// <summary>The record's bytes, for a dead letter.</summary>
    public byte[] Payload { get; } = payload;

    public PartitionLedger Ledger { get; } = ledger;

    public long Offset { get; } = offset;

    /// <summary>Timestamp of the clock.</summary>
    public long ReceivedAt { get; } = receivedAt;

    /// <summary>One channel is done with it: delivered, or set aside.</summary>
    public void ChannelDone()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            Ledger.Done(Offset);
        }
    }
}
