using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>The functions of librdkafka that Confluent.Kafka does not offer: batches in, spans out.</summary>
internal static unsafe partial class NativeMethods
{
    public const int NoError = 0;
    public const int QueueFull = -184;
    public const int PartitionEof = -191;
    public const int TimedOut = -185;

    public const int WrongState = -172;
    public const int PreviousInProgress = -177;
    public const int UnknownPartition = -190;
    public const int UnknownTopic = -188;
    public const int RecordTooLarge = 10;

    /// <summary>RD_KAFKA_MSG_F_COPY: the payload may be reused when the call returns.</summary>
    public const int CopyPayload = 2;

    /// <summary>RD_KAFKA_PURGE_F_QUEUE and RD_KAFKA_PURGE_F_INFLIGHT.</summary>
    public const int PurgeEverything = 3;

    private const string Library = "librdkafka";

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_get_consumer(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_destroy(nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_new(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_yield(nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_consumer_close_queue(nint client, nint queue);

    [LibraryImport(Library)]
    public static partial int rd_kafka_consumer_closed(nint client);

    [LibraryImport(Library)]
    public static partial NativePartitionList* rd_kafka_topic_partition_list_new(int size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativePartition* rd_kafka_topic_partition_list_add(NativePartitionList* list, string topic, int partition);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_partition_list_destroy(NativePartitionList* list);

    [LibraryImport(Library)]
    public static partial int rd_kafka_commit_queue(nint client, NativePartitionList* offsets, nint queue, nint callback, nint opaque);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_poll(nint queue, int timeoutMilliseconds);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error(nint answer);

    [LibraryImport(Library)]
    public static partial NativePartitionList* rd_kafka_event_topic_partition_list(nint answer);

    [LibraryImport(Library)]
    public static partial void rd_kafka_event_destroy(nint answer);

    [LibraryImport(Library)]
    public static partial int rd_kafka_seek(nint topic, int partition, long offset, int timeoutMilliseconds);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_consume_batch_queue(nint queue, int timeoutMilliseconds, NativeMessage** messages, nuint size);

    [LibraryImport(Library)]
    public static partial void rd_kafka_message_destroy(NativeMessage* message);

    /// <summary>Reads a field and never blocks, so the runtime need not prepare for a wait.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial long rd_kafka_message_timestamp(NativeMessage* message, out int type);

    [LibraryImport(Library)]
    public static partial int rd_kafka_header_get_last(nint headers, byte* name, out byte* value, out nuint size);

    [LibraryImport(Library)]
    public static partial int rd_kafka_message_headers(NativeMessage* message, out nint headers);

    [LibraryImport(Library)]
    public static partial int rd_kafka_header_get_all(nint headers, nuint index, out nint name, out nint value, out nuint size);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_message_errstr(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_topic_name(nint topic);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_topic_new(nint client, string name, nint configuration);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_destroy(nint topic);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_produceva(nint client, NativeArgument* arguments, nuint count);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_code(nint error);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_error_string(nint error);

    [LibraryImport(Library)]
    public static partial void rd_kafka_error_destroy(nint error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_poll(nint client, int timeoutMilliseconds);

    [LibraryImport(Library)]
    public static partial int rd_kafka_flush(nint client, int timeoutMilliseconds);

    [LibraryImport(Library)]
    public static partial int rd_kafka_purge(nint client, int flags);

    [LibraryImport(Library)]
    public static partial int rd_kafka_last_error();

    [LibraryImport(Library)]
    public static partial nint rd_kafka_err2str(int error);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_conf(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_dr_msg_cb(nint configuration, delegate* unmanaged[Cdecl]<nint, NativeMessage*, nint, void> callback);

    public static string TopicName(nint topic) => Marshal.PtrToStringUTF8(rd_kafka_topic_name(topic)) ?? "";

    public static string ErrorText(int error) => Marshal.PtrToStringUTF8(rd_kafka_err2str(error)) ?? "";
}
