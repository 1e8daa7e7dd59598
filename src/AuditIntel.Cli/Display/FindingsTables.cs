using System.Globalization;
using AuditIntel.Intelligence.Findings.Evaluation;
using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>Judged finding models for people.</summary>
internal static class FindingsTables
{
    public static void WriteEvaluation(IAnsiConsole console, FindingsEvaluationResult result) => WriteDuplicates(console, result.Duplicates);

    private static void WriteDuplicates(IAnsiConsole console, DuplicateJudgement judged)
    {
        Table table = TableOf("duplicates", "findings", "groups", "clusters", "threshold", "candidates", "pairwise P", "R", "F1", "B-cubed P", "R", "F1");
        foreach (ContestJudgement contest in judged.Contests)
        {
            table.AddRow(
                Markup.Escape(contest.Contest), $"{contest.Findings}", $"{contest.Groups}", $"{contest.Clusters}", Number(contest.Threshold), Number(contest.CandidateRecall),
                Number(contest.Pairwise.Precision), Number(contest.Pairwise.Recall), Number(contest.Pairwise.F1),
                Number(contest.BCubed.Precision), Number(contest.BCubed.Recall), Number(contest.BCubed.F1));
        }

        table.AddRow("all pairs, all findings", "", "", "", "", "", "", "", Number(judged.PairwiseF1), "", "", Number(judged.BcubedF1));
        table.AddRow("mean of contests", "", "", "", "", "", "", "", Number(judged.MeanPairwiseF1), "", "", Number(judged.MeanBcubedF1));
        console.Write(table);
        console.WriteLine($"ROC AUC over candidate pairs {Number(judged.PairRocAuc)}");
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
