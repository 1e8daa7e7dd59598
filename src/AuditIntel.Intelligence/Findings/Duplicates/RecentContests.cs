namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>What is kept of the contests that findings came from last; the one longest untouched goes first. Single owner.</summary>
/// <param name="make">What a contest begins with.</param>
internal sealed class RecentContests<T>(Func<T> make)
    where T : class
{
    /// <summary>Contests that are kept.</summary>
    public const int Most = 64;

    private readonly Dictionary<uint, T> _kept = [];
    private readonly LinkedList<uint> _recent = new();

    /// <summary>What is kept of a contest, made anew when nothing is.</summary>
    public T Of(uint contest)
    {
        if (_kept.TryGetValue(contest, out T? kept))
        {
            if (_recent.Last!.Value != contest)
            {
                _recent.Remove(contest);
                _recent.AddLast(contest);
            }

            return kept;
        }

        if (_kept.Count == Most)
        {
            _kept.Remove(_recent.First!.Value);
            _recent.RemoveFirst();
        }

        kept = make();
        _kept.Add(contest, kept);
        _recent.AddLast(contest);
        return kept;
    }

    /// <summary>What is kept of a contest, null when nothing is.</summary>
    public T? Find(uint contest) => _kept.GetValueOrDefault(contest);
}
