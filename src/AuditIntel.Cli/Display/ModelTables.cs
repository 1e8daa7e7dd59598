using System.Globalization;
using AuditIntel.Intelligence.Transactions.Artefacts;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Training;
using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>Trained and judged models for people.</summary>
internal static class ModelTables
{
    public static void WriteEvaluation(IAnsiConsole console, EvaluationResult result)
    {
        Table table = Metrics();
        Add(table, "baseline (no labels)", result.Baseline);
        Add(table, "isolation forest (no labels)", result.IsolationForest);
        Add(table, "supervised", result.Supervised);
        Add(table, "ensemble", result.Ensemble);
        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"trained on {result.TrainedTransactions} transactions of {result.TrainedAccounts} accounts, judged on {result.JudgedTransactions} of {result.JudgedAccounts} others"));
    }

    public static void WriteTraining(IAnsiConsole console, TrainingRecord training, string file, byte[] artefact)
    {
        Table table = Metrics();
        Add(table, "ensemble, accounts held out", training.Validation);
        if (training.TimeOrdered is { } later)
        {
            Add(table, $"supervised, accounts held out, after {DateTimeOffset.FromUnixTimeSeconds(training.TimeOrderedFrom):yyyy-MM-dd}", later);
        }

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {artefact.Length >> 10} KiB, SHA-256 {TransactionModelArtefact.IdOf(artefact)}, from {training.Transactions} transactions of {training.Accounts} accounts ({training.FlaggedAccounts} flagged)"));
    }

    private static Table Metrics()
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (string column in new[] { "ROC AUC", "average precision", "ROC AUC by account", "scored a second" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    private static void Add(Table table, string name, ModelMetrics metrics) => table.AddRow(
        name,
        metrics.RocAuc.ToString("0.0000", CultureInfo.InvariantCulture),
        metrics.AveragePrecision.ToString("0.0000", CultureInfo.InvariantCulture),
        metrics.PerAccountRocAuc.ToString("0.0000", CultureInfo.InvariantCulture),
        metrics.ScoredPerSecond > 0 ? metrics.ScoredPerSecond.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ') : "");
}
