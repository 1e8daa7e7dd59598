using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Findings;

/// <summary>
/// Marks findings whose text an earlier finding of the same contest already has. The first one that arrives is canonical and stays it: a contest lies in
/// one partition, whose order replays keep. The canonical finding itself, seen again, is canonical again. When its text changes, it gives its old
/// text free: the next finding with that text becomes canonical.
/// </summary>
internal sealed class ExactDeduplicator : IProcessor<string, Finding, string, DedupVerdict>
{
    /// <summary>Contest key and content hash to canonical id.</summary>
    public const string CanonicalStore = "findings-canonical";

    /// <summary>Id of a canonical finding to the hash that it holds.</summary>
    public const string HeldStore = "findings-held";

    private IProcessorContext<string, DedupVerdict> _context = null!;
    private IKeyValueStore<string, string> _canonical = null!;
    private IKeyValueStore<string, string> _held = null!;

    public void Init(IProcessorContext<string, DedupVerdict> context)
    {
        _context = context;
        _canonical = context.GetStateStore<string, string>(CanonicalStore);
        _held = context.GetStateStore<string, string>(HeldStore);
    }

    public void Process(in Record<string, Finding> record)
    {
        Finding finding = record.Value!;
        string text = Key(finding, finding.ContentHash);
        if (_held.TryGet(finding.Id, out string? held) && held != finding.ContentHash)
        {
            _canonical.Delete(Key(finding, held));
            _held.Delete(finding.Id);
        }

        if (!_canonical.TryGet(text, out string? canonical))
        {
            canonical = finding.Id;
            _canonical.Put(text, canonical);
            _held.Put(finding.Id, finding.ContentHash);
        }

        _context.Forward(record.WithValue(new DedupVerdict(finding, canonical == finding.Id ? null : canonical)));
    }

    private static string Key(Finding finding, string hash) => $"{ContestKey.Of(finding.Platform, finding.Contest)}#{hash}";
}
