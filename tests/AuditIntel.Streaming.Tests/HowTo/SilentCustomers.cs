using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests.HowTo;

#region processor
/// <summary>Names customers that have not ordered for a day of event time.</summary>
internal sealed class SilentCustomers : IProcessor<string, string, string, string>
{
    private const long DayMs = 24 * 60 * 60 * 1000;

    private IProcessorContext<string, string> _context = null!;
    private IKeyValueStore<string, long> _lastSeen = null!;

    public void Init(IProcessorContext<string, string> context)
    {
        _context = context;
        _lastSeen = context.GetStateStore<string, long>("last-seen");
        context.Schedule(TimeSpan.FromHours(1), PunctuationType.StreamTime, NameTheSilent);
    }

    public void Process(in Record<string, string> record) => _lastSeen.Put(record.Key!, record.TimestampMs);

    private void NameTheSilent(long nowMs)
    {
        foreach ((string customer, long seenMs) in _lastSeen.All())
        {
            if (nowMs - seenMs > DayMs)
            {
                _context.Forward(new Record<string, string>(customer, "silent", nowMs, []));
                _lastSeen.Delete(customer);
            }
        }
    }
}
#endregion
