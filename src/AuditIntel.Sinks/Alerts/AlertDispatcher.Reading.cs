using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Alerts.Delivery;

namespace AuditIntel.Sinks.Alerts;

/// <content>From the topic to the channels, and back to the committed offsets. All on the dispatcher's own loop.</content>
public sealed partial class AlertDispatcher
{
    private const string NoChannel = "none";

    private readonly Dictionary<PartitionId, PartitionLedger> _ledgers = [];
    private readonly Dictionary<PartitionId, long> _committed = [];
    private readonly Dictionary<PartitionId, long> _heldBack = [];
    private long _committedAt;

    private BatchConsumer Open()
    {
        var settings = new BatchConsumerOptions { GroupId = _options.GroupId, GroupInstanceId = _options.GroupInstanceId, MaxBatchRecords = 1000 };
        var listener = new Listener(this);
        BatchConsumer consumer = BatchConsumer.Create(_options.Kafka, settings, listener);
        listener.Consumer = consumer;
        consumer.Subscribe([Topics.Alerts.Name]);
        return consumer;
    }

    private void Take(RecordBatch records)
    {
        for (int i = 0; i < records.Count; i++)
        {
            ConsumedRecord record = records[i];
            var partition = new PartitionId(record.Topic, record.Partition);
            if (!_heldBack.ContainsKey(partition) && _ledgers.TryGetValue(partition, out PartitionLedger? ledger))
            {
                Take(record, partition, ledger);
            }
        }
    }

    private void Take(in ConsumedRecord record, PartitionId partition, PartitionLedger ledger)
    {
        byte[] key = record.Key.ToArray();
        byte[] payload = record.Value.ToArray();
        try
        {
            if (record.IsValueNull)
            {
                Refuse(ledger, record.Offset, key, payload, "null-value", "the record has no value");
                return;
            }

            Alert alert = _deserializer.Deserialize(record.Value);
            if (alert.Channels.Count > AlertChannelParser.MostChannels)
            {
                Refuse(ledger, record.Offset, key, payload, "invalid-record", "it names more channels than there can be");
                return;
            }

            Counters.AddRead();
            Dispatch(alert, key, payload, ledger, record.Offset);
        }
        catch (SchemaRegistryException)
        {
            // Nobody's poison: the partition goes on here when the registry answers.
            _heldBack[partition] = record.Offset;
        }
        catch (UnknownSchemaException e)
        {
            Refuse(ledger, record.Offset, key, payload, "unknown-schema", e.Message);
        }
        catch (AvroException e)
        {
            Refuse(ledger, record.Offset, key, payload, "corrupt-avro", e.Message);
        }
    }

    private void Dispatch(Alert alert, byte[] key, byte[] payload, PartitionLedger ledger, long offset)
    {
        string[] names = [.. alert.Channels.Distinct()];
        ledger.Begin(offset);
        var delivery = new AlertDelivery(alert, key, payload, ledger, offset, Math.Max(names.Length, 1), _clock.GetTimestamp());
        foreach (string name in names)
        {
            if (_workers.TryGetValue(name, out ChannelWorker? worker))
            {
                worker.Add(delivery);
            }
            else
            {
                _ = SetAsideAsync(delivery, PlainText.Line(name, AlertConfiguration.LongestName), "unknown-channel", "no channel of this name is configured");
            }
        }

        if (names.Length == 0)
        {
            _ = SetAsideAsync(delivery, NoChannel, "no-channel", "the alert names no channel");
        }
    }

    private async Task SetAsideAsync(AlertDelivery delivery, string channel, string errorClass, string why)
    {
        await _deadLetters!.WriteAsync(delivery, channel, errorClass, why).ConfigureAwait(false);
        delivery.ChannelDone();

        // Names that somebody wrote into an alert are no tag: there is no end to them.
        Counters.SetAside(NoChannel, errorClass);
    }

    private void Refuse(PartitionLedger ledger, long offset, byte[] key, byte[] payload, string errorClass, string why)
    {
        Counters.AddRead();
        ledger.Begin(offset);
        _ = WriteAsync();

        async Task WriteAsync()
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"The record at {ledger.Topic}-{ledger.Partition} offset {offset} is no alert: {why}");
            await _deadLetters!.WriteAsync(ledger.Topic, ledger.Partition, offset, key, payload, null, errorClass, message).ConfigureAwait(false);
            ledger.Done(offset);
            Counters.SetAside(NoChannel, errorClass);
        }
    }

    private void CommitWhenDue(BatchConsumer consumer, bool isLast)
    {
        bool isDone = true;
        foreach ((PartitionId partition, PartitionLedger ledger) in _ledgers)
        {
            isDone &= ledger.Pending == 0 && consumer.IsAtEnd(partition);
        }

        if (isLast || isDone || _clock.GetElapsedTime(_committedAt) >= _options.CommitInterval)
        {
            _committedAt = _clock.GetTimestamp();
            isDone &= TryCommit(consumer, _ledgers.Keys, withMarkers: true);
            foreach (ChannelWorker worker in _workers.Values)
            {
                AlertMetrics.Waiting.Record(worker.Waiting, AlertMetrics.Channel(worker.Name));
            }
        }
        else
        {
            isDone = false;
        }

        Volatile.Write(ref _isIdle, isDone && _ledgers.Count > 0 && _heldBack.Count == 0);
    }

    /// <returns>False when something is not committed that could be.</returns>
    private bool TryCommit(BatchConsumer consumer, IEnumerable<PartitionId> partitions, bool withMarkers)
    {
        var offsets = new List<PartitionOffset>();
        foreach (PartitionId partition in partitions)
        {
            PartitionLedger ledger = _ledgers[partition];
            long next = ledger.Next();
            if (withMarkers && ledger.Pending == 0 && !_heldBack.ContainsKey(partition))
            {
                // The topology writes in transactions: their markers take offsets, and without this the group would seem to lag for ever.
                next = Math.Max(next, consumer.Position(partition));
            }

            if (next > _committed.GetValueOrDefault(partition, -1))
            {
                offsets.Add(new PartitionOffset(partition, next));
            }
        }

        try
        {
            consumer.Commit(offsets);
        }
        catch (KafkaFailureException)
        {
            // The group has moved on, or its coordinator is away: the next commit takes these offsets along, or their new owner delivers them again.
            return false;
        }

        foreach (PartitionOffset offset in offsets)
        {
            _committed[offset.Partition] = offset.Offset;
        }

        return true;
    }

    private async Task WaitForRegistryAsync(BatchConsumer consumer, CancellationToken stop)
    {
        await Task.Delay(RegistryPause, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach ((PartitionId partition, long offset) in _heldBack)
        {
            consumer.Seek(new PartitionOffset(partition, offset));
        }

        _heldBack.Clear();
    }

    private void Forget(IReadOnlyList<PartitionId> partitions)
    {
        foreach (PartitionId partition in partitions)
        {
            if (_ledgers.Remove(partition, out PartitionLedger? ledger))
            {
                ledger.Leave();
            }

            _committed.Remove(partition);
            _heldBack.Remove(partition);
        }
    }

    /// <summary>Called by the consumer inside its poll, so on the dispatcher's own loop.</summary>
    private sealed class Listener(AlertDispatcher dispatcher) : IPartitionListener
    {
        public BatchConsumer? Consumer { get; set; }

        public IReadOnlyList<PartitionOffset> OnAssigned(IReadOnlyList<PartitionId> partitions)
        {
            foreach (PartitionId partition in partitions)
            {
                dispatcher._ledgers[partition] = new PartitionLedger(partition.Topic, partition.Partition);
            }

            return [];
        }

        public void OnRevoked(IReadOnlyList<PartitionId> partitions)
        {
            if (Consumer is { } consumer)
            {
                dispatcher.TryCommit(consumer, partitions.Where(dispatcher._ledgers.ContainsKey), withMarkers: false);
            }

            dispatcher.Forget(partitions);
        }

        public void OnLost(IReadOnlyList<PartitionId> partitions) => dispatcher.Forget(partitions);
    }
}
