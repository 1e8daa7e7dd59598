using AuditIntel.Kafka;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Runs a user's processor that cannot change keys, and is its context.</summary>
internal sealed class ValueProcessorNode<TKey, TValue, TValueOut> : ProcessorServices, INode<TKey, TValue>, IValueProcessorContext<TValueOut>
{
    private readonly IValueProcessor<TKey, TValue, TValueOut> _processor;
    private readonly INode<TKey, TValueOut> _next;
    private Record<TKey, TValue> _current;
    private bool _isProcessing;

    public ValueProcessorNode(
        IValueProcessor<TKey, TValue, TValueOut> processor, TaskContext task, string name, IReadOnlyList<string> stores, INode<TKey, TValueOut> next)
        : base(task, name, stores)
    {
        _processor = processor;
        _next = next;
        processor.Init(this);
    }

    public void Process(in Record<TKey, TValue> record)
    {
        _current = record;
        _isProcessing = true;
        try
        {
            _processor.Process(in record);
        }
        finally
        {
            _current = default;
            _isProcessing = false;
        }
    }

    public void Forward(TValueOut? value)
    {
        Check();
        _next.Process(_current.WithValue(value));
    }

    public void Forward(TValueOut? value, long timestampMs, IReadOnlyList<RecordHeader> headers)
    {
        Check();
        _next.Process(Record<TKey, TValueOut>.Of(_current.Key, _current.HasKey, value, value is not null, timestampMs, headers));
    }

    private void Check()
    {
        if (!_isProcessing)
        {
            throw new InvalidOperationException($"Processor '{Name}' forwards a value outside of a record: only Process(...) with keys can do that.");
        }
    }
}
