using AuditIntel.Intelligence.Findings.Duplicates;

namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>Trains the finding models on one part of labelled findings and judges them on another, contest by contest, never at random.</summary>
public static class FindingsEvaluation
{
    /// <param name="data">Findings to judge on.</param>
    /// <param name="train">Findings to train on; null judges each contest of <paramref name="data"/> by models of the others.</param>
    /// <param name="seed">Same seed and data, same result.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ArgumentException">The data hold nothing to train on or to judge.</exception>
    public static FindingsEvaluationResult Run(
        IReadOnlyList<LabelledFinding> data, IReadOnlyList<LabelledFinding>? train, long seed, Action<string> progress, CancellationToken cancellationToken)
    {
        progress("duplicates");
        IReadOnlyList<ContestPairs> judged = DuplicateEvaluation.Live(data, Background(train ?? data));
        DuplicateJudgement duplicates;
        if (train is null)
        {
            duplicates = DuplicateEvaluation.LeaveOneOut(judged, seed, progress, cancellationToken);
        }
        else
        {
            DuplicateModel model = DuplicateTrainer.Train(DuplicateEvaluation.Live(train, Background(train)), seed, cancellationToken);
            duplicates = DuplicateEvaluation.Judge(judged.Select(contest => (contest, model)));
        }

        return new FindingsEvaluationResult(duplicates);
    }

    // Nothing that is judged in groups, so that a contest left out is left out altogether.
    private static IEnumerable<LabelledFinding> Background(IReadOnlyList<LabelledFinding> findings) => findings.Where(each => each.Group is null && each.Finding.Platform != "sherlock");
}
