namespace AuditIntel.Kafka;

/// <summary>The records of one poll, partition by partition in order. One object a consumer, overwritten by its next poll.</summary>
public sealed unsafe class RecordBatch
{
    private readonly nint[] _messages;
    private readonly string[] _topics;

    internal RecordBatch(int capacity)
    {
        _messages = new nint[capacity];
        _topics = new string[capacity];
    }

    public int Count { get; private set; }

    public ConsumedRecord this[int index] =>
        (uint)index < (uint)Count
            ? new ConsumedRecord((NativeMessage*)_messages[index], _topics[index])
            : throw new ArgumentOutOfRangeException(nameof(index));

    internal void Add(NativeMessage* message, string topic)
    {
        _messages[Count] = (nint)message;
        _topics[Count] = topic;
        Count++;
    }

    /// <summary>Gives the records' memory back.</summary>
    internal void Release()
    {
        for (int i = 0; i < Count; i++)
        {
            NativeMethods.rd_kafka_message_destroy((NativeMessage*)_messages[i]);
        }

        Count = 0;
    }
}
