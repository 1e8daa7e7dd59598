using System.Diagnostics.CodeAnalysis;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>What is kept of the contests touched last; that of the one longest untouched goes first and is begun again when the contest comes back.</summary>
/// <param name="most">Contests at most.</param>
/// <param name="mostOfAll">What all of them together may hold; one alone may hold more.</param>
/// <param name="begin">What a contest begins with.</param>
/// <param name="holds">How much one holds.</param>
internal sealed class RecentContests<T>(int most, long mostOfAll, Func<T> begin, Func<T, int> holds)
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
        }
        else
        {
            node = _recent.AddLast((contest, begin()));
            _nodes.Add(contest, node);
        }

        for (long all = Held(); _nodes.Count > most || (all > mostOfAll && _nodes.Count > 1);)
        {
            all -= holds(_recent.First!.Value.Kept);
            _nodes.Remove(_recent.First.Value.Contest);
            _recent.RemoveFirst();
        }

        return node.Value.Kept;
    }

    /// <summary>What is kept of a contest; does not touch it.</summary>
    public bool TryGet(uint contest, [MaybeNullWhen(false)] out T kept)
    {
        bool found = _nodes.TryGetValue(contest, out LinkedListNode<(uint Contest, T Kept)>? node);
        kept = found ? node!.Value.Kept : default;
        return found;
    }

    private long Held()
    {
        long all = 0;
        for (LinkedListNode<(uint Contest, T Kept)>? node = _recent.First; node is not null; node = node.Next)
        {
            all += holds(node.Value.Kept);
        }

        return all;
    }
}
