namespace AuditIntel.Collectors.Files;

/// <summary>Marks the last finding of each contest, where files give a contest's findings one after another. A finding waits until the next one is known.</summary>
internal sealed class ContestEnds
{
    private Collected.OfFinding? _waiting;

    /// <summary>Takes what was read.</summary>
    /// <returns>What can be given out: the finding before it, or the item itself when it is no finding; null for nothing yet.</returns>
    public Collected? Next(Collected item)
    {
        if (item is not Collected.OfFinding finding)
        {
            return item;
        }

        Collected.OfFinding? before = _waiting;
        _waiting = finding;
        return before is null ? null : before with { EndsContest = (before.Finding.Platform, before.Finding.Contest) != (finding.Finding.Platform, finding.Finding.Contest) };
    }

    /// <summary>The finding that nothing came after; null when there was none.</summary>
    public Collected? End() => _waiting is null ? null : _waiting with { EndsContest = true };
}
