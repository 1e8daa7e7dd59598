using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>What is kept of the contests touched last; that of the one longest untouched goes first and is begun again when the contest comes back.</summary>
internal sealed class RecentContests<T>(int most, Func<T> begin)
{
    private readonly Dictionary<uint, LinkedListNode<(uint Contest, T Kept)>> _nodes = [];
    private readonly LinkedList<(uint Contest, T Kept)> _recent = new();

    public int Count => _nodes.Count;

    /// <summary>What is kept of a contest, begun now where there is nothing. Touches the contest.</summary>
    public T Of(uint contest)
    {
        if (_nodes.TryGetValue(contest, out LinkedListNode<(uint Contest, T Kept)>? node))
        {
            if (_recent.Last != node)
            {
                _recent.Remove(node);
                _recent.AddLast(node);
            }

            return node.Value.Kept;
        }

        if (_nodes.Count == most)
        {
            _nodes.Remove(_recent.First!.Value.Contest);
            _recent.RemoveFirst();
        }

        T kept = begin();
        _nodes.Add(contest, _recent.AddLast((contest, kept)));
        return kept;
    }

    /// <summary>What is kept of a contest; does not touch it.</summary>
    public bool TryGet(uint contest, [MaybeNullWhen(false)] out T kept)
    {
        bool found = _nodes.TryGetValue(contest, out LinkedListNode<(uint Contest, T Kept)>? node);
        kept = found ? node!.Value.Kept : default;
        return found;
    }
}
