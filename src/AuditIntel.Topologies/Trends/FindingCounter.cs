using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Trends;

/// <summary>
/// Keeps what each finding counts for, and gives each change: one more in its cell, one less in the cell that it was in before. So a finding that changes its
/// type, severity or day, or turns out to be a duplicate, is taken back from where it was.
/// </summary>
internal sealed class FindingCounter : IProcessor<string, (string Id, CountedFinding Counted), string, long>
{
    private IProcessorContext<string, long> _context = null!;
    private IKeyValueStore<string, CountedFinding> _counted = null!;

    public void Init(IProcessorContext<string, long> context)
    {
        _context = context;
        _counted = context.GetStateStore<string, CountedFinding>(TrendsStores.Counted);
    }

    public void Process(in Record<string, (string Id, CountedFinding Counted)> record)
    {
        (string id, CountedFinding now) = record.Value;
        bool isKnown = _counted.TryGet(id, out CountedFinding before);
        if (isKnown && now.CompareTo(before) <= 0)
        {
            return;
        }

        _counted.Put(id, now);
        string was = isKnown ? before.Cell : "";
        if (was == now.Cell)
        {
            return;
        }

        if (was.Length > 0)
        {
            _context.Forward(record.WithKey(was).WithValue(-1L));
        }

        if (now.Cell.Length > 0)
        {
            _context.Forward(record.WithKey(now.Cell).WithValue(1L));
        }
    }
}
