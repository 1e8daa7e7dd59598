namespace AuditIntel.Kafka;

/// <content>Commits that end: Confluent.Kafka's own waits for ever when the group's coordinator is gone.</content>
public sealed unsafe partial class BatchConsumer
{
    /// <summary>
    /// Commits the offsets of the next records to be read, and waits for the broker's answer, at most for
    /// <see cref="BatchConsumerOptions.RequestTimeout"/>. Listeners may commit what they lose.
    /// </summary>
    /// <exception cref="KafkaFailureException">
    /// The group has moved on (<see cref="KafkaFailureException.IsGroupMovedOn"/>), or the broker does not answer; the offsets may be committed then or not.
    /// </exception>
    public void Commit(IReadOnlyList<PartitionOffset> offsets)
    {
        if (offsets.Count == 0)
        {
            return;
        }

        NativePartitionList* list = NativeMethods.rd_kafka_topic_partition_list_new(offsets.Count);
        nint answers = NativeMethods.rd_kafka_queue_new(_native);
        try
        {
            for (int i = 0; i < offsets.Count; i++)
            {
                PartitionId id = offsets[i].Partition;
                NativeMethods.rd_kafka_topic_partition_list_add(list, id.Topic, id.Partition)->Offset = offsets[i].Offset;
            }

            int refused = NativeMethods.rd_kafka_commit_queue(_native, list, answers, 0, 0);
            if (refused != NativeMethods.NoError)
            {
                throw Uncommitted(refused);
            }

            nint answer = NativeMethods.rd_kafka_queue_poll(answers, (int)_options.RequestTimeout.TotalMilliseconds);
            if (answer == 0)
            {
                throw new KafkaFailureException(
                    $"Offsets cannot be committed: the group's coordinator did not answer within {_options.RequestTimeout.TotalSeconds:0.#} s.", NativeMethods.TimedOut);
            }

            int error = ErrorOf(answer);
            NativeMethods.rd_kafka_event_destroy(answer);
            if (error != NativeMethods.NoError)
            {
                throw Uncommitted(error);
            }
        }
        finally
        {
            // An answer that comes later finds its queue closed and is dropped by the library.
            NativeMethods.rd_kafka_queue_destroy(answers);
            NativeMethods.rd_kafka_topic_partition_list_destroy(list);
        }
    }

    /// <summary>The error of the whole, or the first of a single partition.</summary>
    private static int ErrorOf(nint answer)
    {
        int error = NativeMethods.rd_kafka_event_error(answer);
        NativePartitionList* list = NativeMethods.rd_kafka_event_topic_partition_list(answer);
        for (int i = 0; error == NativeMethods.NoError && list is not null && i < list->Count; i++)
        {
            error = list->Elements[i].Error;
        }

        return error;
    }

    private static KafkaFailureException Uncommitted(int error) => new($"Offsets cannot be committed: {NativeMethods.ErrorText(error)}", error);
}
