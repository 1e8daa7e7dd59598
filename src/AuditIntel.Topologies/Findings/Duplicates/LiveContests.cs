using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Topologies.Serving;

namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>The contests of a task that are in memory; those untouched for longest go when there are too many entries, and are made again when a finding of theirs comes.</summary>
internal sealed class LiveContests(ContestLog log)
{
    /// <summary>Entries of all contests together; one takes about 8 KB.</summary>
    private const int MostEntries = 12_000;

    private readonly Dictionary<string, LinkedListNode<(string Contest, LiveContest Live)>> _nodes = [];
    private readonly LinkedList<(string Contest, LiveContest Live)> _recent = new();

    /// <summary>A contest as the model sees it.</summary>
    /// <param name="contest">Contest key.</param>
    /// <param name="serving">The model; another than before makes the contest anew.</param>
    public LiveContest Of(string contest, ServingModel<FindingsModel> serving)
    {
        if (_nodes.TryGetValue(contest, out LinkedListNode<(string Contest, LiveContest Live)>? node))
        {
            if (node.Value.Live.Model == serving.Sha256)
            {
                _recent.Remove(node);
                _recent.AddLast(node);
                return node.Value.Live;
            }

            Forget(contest);
        }

        var live = new LiveContest(log, contest, serving.Model!, serving.Sha256);
        _nodes.Add(contest, _recent.AddLast((contest, live)));
        for (int entries = _recent.Sum(each => each.Live.Entries); entries > MostEntries && _recent.Count > 1;)
        {
            entries -= _recent.First!.Value.Live.Entries;
            Forget(_recent.First.Value.Contest);
        }

        return live;
    }

    public void Forget(string contest)
    {
        if (_nodes.Remove(contest, out LinkedListNode<(string Contest, LiveContest Live)>? node))
        {
            _recent.Remove(node);
        }
    }
}
