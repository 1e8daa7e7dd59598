using System.Globalization;
using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Prediction;
using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>Judged finding models for people.</summary>
internal static class FindingsTables
{
    public static void WriteEvaluation(IAnsiConsole console, FindingsEvaluationResult result)
    {
        if (result.Duplicates is { } duplicates)
        {
            WriteDuplicates(console, duplicates);
        }

        WriteClasses(console, "severity, whole report", result.Severity);
        WriteClasses(console, "severity, author's text", result.SubmittedSeverity);
        WriteClasses(console, "bug class (Web3Bugs)", result.BugClass);
    }

    public static void WriteTraining(IAnsiConsole console, FindingsTrainingRecord training, string file, byte[] artefact) => console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{file}: {artefact.Length >> 10} KiB, SHA-256 {FindingsModelArtefact.IdOf(artefact)}, from {training.Findings} findings: {training.GroupedFindings} grouped, {training.SeverityFindings} with severity, {training.BugClassFindings} with bug class"));

    public static void WritePrediction(IAnsiConsole console, PredictionAnswer answer)
    {
        FindingPrediction prediction = answer.Prediction;
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn("");
        void Row(string name, IEnumerable<string> lines)
        {
            string text = string.Join('\n', lines);
            if (text.Length > 0)
            {
                table.AddRow(name, Markup.Escape(text));
            }
        }

        Row("type", prediction.Types.Count == 0 ? ["unknown"] : prediction.Types.Select(type => $"{type.TypeId}  {Number(type.Confidence)}  {string.Join(", ", type.Evidence.Take(5))}"));
        Row("severity", prediction.Severity.Select(each => $"{each.Name}  {Number(each.Probability)}"));
        Row("bug class", prediction.BugClasses.Select(each => $"{each.Name}  {Number(each.Probability)}"));
        Row("attack", prediction.Facts.AttackVectors);
        Row("needs", prediction.Facts.Preconditions);
        Row("amounts", prediction.Facts.Amounts.Select(amount => amount.Text));
        Row("code", prediction.Facts.Code.Select(evidence => $"line {evidence.Line}: {evidence.Pattern} ({evidence.TypeId})"));
        Row("similar", answer.Similar.Select(match => $"{Number(match.Similarity)}  {match.Id}"));
        Row("do", prediction.Recommendations);
        console.Write(table);
    }

    private static void WriteClasses(IAnsiConsole console, string title, ClassificationJudgement? judged)
    {
        if (judged is null)
        {
            return;
        }

        Table table = TableOf(title, ["judged", "precision", "recall", "F1", .. judged.Classes.Select(each => $"said {each.Name}")]);
        for (int i = 0; i < judged.Classes.Count; i++)
        {
            ClassMeasure each = judged.Classes[i];
            table.AddRow(
                [each.Name, $"{each.Judged}", Number(each.Precision), Number(each.Recall), Number(each.F1), .. judged.Confusion[i].Select(count => $"{count}")]);
        }

        console.Write(table);
        console.WriteLine($"accuracy {Number(judged.Accuracy)}, macro-F1 {Number(judged.MacroF1)}, calibration error {Number(judged.CalibrationError)}");
    }

    private static void WriteDuplicates(IAnsiConsole console, DuplicateJudgement judged)
    {
        Table table = TableOf("duplicates", "findings", "groups", "clusters", "scored", "F1 as they came", "pairwise P", "R", "F1", "B-cubed P", "R", "F1");
        foreach (ContestJudgement contest in judged.Contests)
        {
            table.AddRow(
                Markup.Escape(contest.Contest), $"{contest.Findings}", $"{contest.Groups}", $"{contest.Clusters}", Number(contest.CandidateRecall), Number(contest.Live.F1),
                Number(contest.Pairwise.Precision), Number(contest.Pairwise.Recall), Number(contest.Pairwise.F1),
                Number(contest.BCubed.Precision), Number(contest.BCubed.Recall), Number(contest.BCubed.F1));
        }

        table.AddRow("all pairs, all findings", "", "", "", "", Number(judged.LivePairwiseF1), "", "", Number(judged.PairwiseF1), "", "", Number(judged.BcubedF1));
        table.AddRow("mean of contests", "", "", "", "", "", "", "", Number(judged.MeanPairwiseF1), "", "", Number(judged.MeanBcubedF1));
        console.Write(table);
        console.WriteLine($"ROC AUC over scored pairs {Number(judged.PairRocAuc)}");
    }

    private static Table TableOf(string first, params ReadOnlySpan<string> columns)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn(first);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
