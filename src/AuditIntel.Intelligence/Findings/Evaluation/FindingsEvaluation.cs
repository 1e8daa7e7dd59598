using AuditIntel.Intelligence.Findings.Classification;
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
        progress("reading");
        IReadOnlyList<ReadFinding> judged = ClassificationEvaluation.Read(data);
        IReadOnlyList<ReadFinding>? trained = train is null ? null : ClassificationEvaluation.Read(train);
        Func<LabelledFinding, string?> bugClassOf = ClassifierRecipes.BugClassIn(ClassifierRecipes.BugClassesOf(train ?? data));
        var answers = new Dictionary<string, List<(string, string, double)>>();
        IReadOnlyDictionary<string, int> folds = ClassificationEvaluation.FoldsOf(data);
        var trainedOn = new Dictionary<string, int>();
        int rounds = trained is null ? ClassificationEvaluation.Folds : 1;
        for (int fold = 0; fold < rounds; fold++)
        {
            progress(trained is null ? $"severity and bug classes, part {fold + 1} of {ClassificationEvaluation.Folds} of the contests" : "severity and bug classes");
            bool IsJudged(ReadFinding each) => trained is not null || folds[$"{each.Labelled.Finding.Platform}/{each.Labelled.Finding.Contest}"] == fold;
            IReadOnlyList<ReadFinding> learnFrom = trained ?? [.. judged.Where(each => !IsJudged(each))];
            LatentSpace latent = ClassifierRecipes.Latent(learnFrom.Select(each => each.Reading), seed, cancellationToken);
            Answer("severity", SeverityLabels.OfHeadings, () => ClassifierRecipes.Severity(learnFrom, ClassifierRecipes.PublishedSeverity, seed, cancellationToken));
            Answer("submitted severity", SeverityLabels.OfHeadings, () => ClassifierRecipes.Severity(learnFrom, ClassifierRecipes.SubmittedSeverity, seed, cancellationToken));
            Answer("bug class", bugClassOf, () => ClassifierRecipes.BugClasses(learnFrom, bugClassOf, latent, cancellationToken));

            void Answer(string name, Func<LabelledFinding, string?> label, Func<IFindingClassifier> trainOne)
            {
                int labelled = learnFrom.Count(each => label(each.Labelled) is not null);
                trainedOn[name] = trainedOn.GetValueOrDefault(name) + labelled;
                if (labelled > 0)
                {
                    answers.TryAdd(name, []);
                    answers[name].AddRange(ClassificationEvaluation.Answer(trainOne(), judged.Where(IsJudged), label));
                }
            }
        }

        ClassificationJudgement? Judgement(string name) =>
            answers.GetValueOrDefault(name) is { Count: > 0 } found ? ClassificationJudgement.Of(found, trainedOn[name] / rounds) : null;
        return new FindingsEvaluationResult(
            Duplicates(data, train, seed, progress, cancellationToken), Judgement("severity"), Judgement("submitted severity"), Judgement("bug class"));
    }

    /// <summary>Writes every judged pair with its features, for other programs: contest, both findings' places and groups, features.</summary>
    public static void WritePairs(IReadOnlyList<LabelledFinding> data, TextWriter to)
    {
        to.WriteLine($"contest,a,b,groupA,groupB,{string.Join(',', PairFeatures.MatureNames.Select(name => name.Replace(",", "", StringComparison.Ordinal)))}");
        foreach (ContestPairs contest in DuplicateEvaluation.Live(data, Background(data)))
        {
            for (int pair = 0; pair < contest.Mature.Places.Length; pair++)
            {
                (int a, int b) = contest.Mature.Places[pair];
                ReadOnlySpan<float> features = contest.Mature.Features.AsSpan(pair * PairFeatures.Width, PairFeatures.Width);
                to.WriteLine(FormattableString.Invariant($"{contest.Contest},{a},{b},{contest.Groups[a]},{contest.Groups[b]},")
                    + string.Join(',', features.ToArray().Select(each => each.ToString("G6", System.Globalization.CultureInfo.InvariantCulture))));
            }
        }
    }

    private static DuplicateJudgement? Duplicates(
        IReadOnlyList<LabelledFinding> data, IReadOnlyList<LabelledFinding>? train, long seed, Action<string> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContestPairs> judged = DuplicateEvaluation.Live(data, Background(train ?? data));
        if (judged.Count < (train is null ? 2 : 1))
        {
            return null;
        }

        if (train is null)
        {
            return DuplicateEvaluation.LeaveOneOut(judged, seed, progress, cancellationToken);
        }

        progress("duplicates");
        DuplicateModel model = DuplicateTrainer.Train(DuplicateEvaluation.Live(train, Background(train)), seed, cancellationToken);
        return DuplicateEvaluation.Judge(judged.Select(contest => (contest, model)));
    }

    // Nothing that is judged in groups, so that a contest left out is left out altogether.
    internal static IEnumerable<LabelledFinding> Background(IReadOnlyList<LabelledFinding> findings) => findings.Where(each => each.Finding.Platform != "sherlock");
}
