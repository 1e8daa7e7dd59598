using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;
using AuditIntel.Intelligence.Transactions.Evaluation;

namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>Judges duplicate detection on contests that its model was not trained on.</summary>
internal static class DuplicateEvaluation
{
    /// <summary>Lives through every judged contest on its own; the history before it is that of the background.</summary>
    /// <param name="findings">Findings with groups.</param>
    /// <param name="background">Findings of other platforms, in whose words is nothing of the judged contests.</param>
    public static IReadOnlyList<ContestPairs> Live(IEnumerable<LabelledFinding> findings, IEnumerable<LabelledFinding> background)
    {
        var sketcher = new FindingSketcher(new RuleClassifier());
        FindingSketch[] before = [.. background.Select(each => sketcher.Sketch(each.Finding))];
        TermStatistics history = DuplicateHistory.Of(before);
        var counts = history.Counts.ToArray();
        var result = new List<ContestPairs>();
        foreach (IGrouping<string, LabelledFinding> contest in findings.Where(each => each.Group is not null).GroupBy(each => each.Finding.Contest).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var own = new TermStatistics();
            own.Restore(history.Count, counts);
            // By id would be by group: the order must tell nothing.
            var inOrder = contest.OrderBy(each => ArrivalOf(each.Finding.Id), StringComparer.Ordinal).Select(each => (sketcher.Sketch(each.Finding), each.Group));
            result.Add(ContestPairs.LiveThrough(contest.Key, [.. inOrder], own));
        }

        return result;
    }

    /// <summary>Each contest by a model of the others.</summary>
    public static DuplicateJudgement LeaveOneOut(IReadOnlyList<ContestPairs> contests, long seed, Action<string> progress, CancellationToken cancellationToken)
    {
        var judged = new List<(ContestPairs, DuplicateModel)>();
        foreach (ContestPairs contest in contests)
        {
            progress($"duplicates, all but {contest.Contest}");
            judged.Add((contest, DuplicateTrainer.Train([.. contests.Where(other => other != contest)], seed, cancellationToken)));
        }

        return Judge(judged);
    }

    public static DuplicateJudgement Judge(IEnumerable<(ContestPairs Contest, DuplicateModel Model)> judged)
    {
        var contests = new List<ContestJudgement>();
        var scores = new List<double>();
        var labels = new List<bool>();
        (long said, long truth, long both) = (0, 0, 0);
        (long saidLive, long bothLive) = (0, 0);
        (double precision, double recall) = (0, 0);
        foreach ((ContestPairs contest, DuplicateModel model) in judged)
        {
            (int[] live, int[] settled) = contest.Cluster(model);
            (long s, long t, long b) = contest.Judge(settled);
            (said, truth, both) = (said + s, truth + t, both + b);
            (long sLive, _, long bLive) = contest.Judge(live);
            (saidLive, bothLive) = (saidLive + sLive, bothLive + bLive);
            PrecisionRecall bcubed = contest.BCubed(settled);
            int findings = contest.Groups.Count(group => group >= 0);
            precision += bcubed.Precision * findings;
            recall += bcubed.Recall * findings;
            double[] labelled = new double[contest.Whole.Labels.Length];
            model.Mature.Score(contest.Whole.Rows, labelled);
            scores.AddRange(labelled);
            labels.AddRange(contest.Whole.Labels);
            contests.Add(new ContestJudgement(
                contest.Contest, findings, contest.Groups.Where(group => group >= 0).Distinct().Count(), settled.Distinct().Count(), t,
                t > 0 ? (double)contest.Whole.Labels.Count(label => label) / t : 0,
                ClusterMeasures.Pairwise(sLive, t, bLive), ClusterMeasures.Pairwise(s, t, b), bcubed));
        }

        int all = contests.Sum(contest => contest.Findings);
        return new DuplicateJudgement(
            ClusterMeasures.Pairwise(said, truth, both).F1,
            ClusterMeasures.Pairwise(saidLive, truth, bothLive).F1,
            all > 0 ? new PrecisionRecall(precision / all, recall / all).F1 : 0,
            contests.Count > 0 ? contests.Average(contest => contest.Pairwise.F1) : 0,
            contests.Count > 0 ? contests.Average(contest => contest.BCubed.F1) : 0,
            Ranking.RocAuc(scores.ToArray(), labels.ToArray()),
            contests);
    }

    private static string ArrivalOf(string id) => id[(id.LastIndexOf('/') + 1)..];
}
