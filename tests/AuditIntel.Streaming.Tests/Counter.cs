using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests;

/// <summary>Counts records by key in the store <c>counts</c>.</summary>
internal sealed class Counter : IProcessor<string, string, string, long>
{
    private IProcessorContext<string, long> _context = null!;
    private IKeyValueStore<string, long> _counts = null!;

    public void Init(IProcessorContext<string, long> context)
    {
        _context = context;
        _counts = context.GetStateStore<string, long>("counts");
    }

    public void Process(in Record<string, string> record)
    {
        long count = (_counts.TryGet(record.Key!, out long before) ? before : 0) + 1;
        _counts.Put(record.Key!, count);
        _context.Forward(record.WithValue(count));
    }
}
