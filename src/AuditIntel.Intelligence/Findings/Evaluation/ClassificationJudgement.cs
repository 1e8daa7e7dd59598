namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>A classifier judged on contests that it was not trained on.</summary>
/// <param name="Accuracy">Share that is right.</param>
/// <param name="MacroF1">Mean F1 of the classes.</param>
/// <param name="CalibrationError">Expected calibration error (Guo et al. 2017) over ten bins of the winner's probability.</param>
/// <param name="Judged">Findings judged.</param>
/// <param name="Trained">Findings with a label that it was trained on, on average.</param>
/// <param name="Classes">Each class.</param>
/// <param name="Confusion">By true class, then by said class, in the order of <paramref name="Classes"/>.</param>
public sealed record ClassificationJudgement(
    double Accuracy, double MacroF1, double CalibrationError, int Judged, int Trained, IReadOnlyList<ClassMeasure> Classes, IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    private const int Bins = 10;

    /// <param name="answers">What was true, what was said, and how probable that was held.</param>
    /// <param name="trained">Findings with a label that it was trained on.</param>
    public static ClassificationJudgement Of(IReadOnlyList<(string Truth, string Said, double Probability)> answers, int trained)
    {
        // As scikit-learn does: classes that are true or said somewhere.
        string[] names = [.. answers.SelectMany(answer => new[] { answer.Truth, answer.Said }).Distinct().Order(StringComparer.Ordinal)];
        int[][] confusion = [.. names.Select(_ => new int[names.Length])];
        int[] count = new int[Bins];
        double[] right = new double[Bins];
        double[] held = new double[Bins];
        foreach ((string truth, string said, double probability) in answers)
        {
            confusion[Array.IndexOf(names, truth)][Array.IndexOf(names, said)]++;
            int bin = Math.Clamp((int)(probability * Bins), 0, Bins - 1);
            count[bin]++;
            right[bin] += truth == said ? 1 : 0;
            held[bin] += probability;
        }

        ClassMeasure[] classes = [.. names.Select((name, i) => Measure(name, confusion, i))];
        return new ClassificationJudgement(
            answers.Count == 0 ? 0 : (double)answers.Count(answer => answer.Truth == answer.Said) / answers.Count,
            classes.Length == 0 ? 0 : classes.Average(each => each.F1),
            answers.Count == 0 ? 0 : Enumerable.Range(0, Bins).Sum(bin => Math.Abs(right[bin] - held[bin])) / answers.Count,
            answers.Count,
            trained,
            classes,
            confusion);
    }

    private static ClassMeasure Measure(string name, int[][] confusion, int at)
    {
        int right = confusion[at][at];
        int judged = confusion[at].Sum();
        int said = confusion.Sum(row => row[at]);
        var measure = new PrecisionRecall(said > 0 ? (double)right / said : 0, judged > 0 ? (double)right / judged : 0);
        return new ClassMeasure(name, judged, measure.Precision, measure.Recall, measure.F1);
    }
}
