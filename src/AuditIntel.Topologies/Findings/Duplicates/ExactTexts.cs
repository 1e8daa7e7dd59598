using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>
/// Which finding of a contest holds a text: the first that came with it, for as long as its text does not change. When it changes, it gives its old text
/// free: the next finding with that text holds it.
/// </summary>
internal sealed class ExactTexts(ITaskContext context)
{
    private readonly IKeyValueStore<string, string> _canonical = context.GetStateStore<string, string>(FindingsStores.Canonical);
    private readonly IKeyValueStore<string, string> _held = context.GetStateStore<string, string>(FindingsStores.Held);

    /// <summary>The id of the holder of a finding's text, which it becomes where there is none.</summary>
    public string HolderOf(Finding finding)
    {
        string text = Key(finding, finding.ContentHash);
        if (_held.TryGet(finding.Id, out string? held) && held != finding.ContentHash)
        {
            _canonical.Delete(Key(finding, held));
            _held.Delete(finding.Id);
        }

        if (!_canonical.TryGet(text, out string? holder))
        {
            holder = finding.Id;
            _canonical.Put(text, holder);
            _held.Put(finding.Id, finding.ContentHash);
        }

        return holder;
    }

    private static string Key(Finding finding, string hash) => $"{ContestKey.Of(finding.Platform, finding.Contest)}#{hash}";
}
