using System.Globalization;
using AuditIntel.Cli.Ingestion;
using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>A summary for people.</summary>
internal static class SummaryTable
{
    /// <summary>Types beyond this many are counted together.</summary>
    private const int TypesShown = 10;

    public static void Write(IAnsiConsole console, IngestionSummary summary)
    {
        FindingCounts findings = summary.Findings;
        Table totals = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        totals.AddRow("findings read", Number(findings.Read));
        totals.AddRow("unique, in table findings", Number(findings.Stored));
        totals.AddRow("duplicates, in table finding_duplicates", Number(findings.Duplicates));
        totals.AddRow("of both, new to the database", Number(findings.Added));
        totals.AddRow("contests", Number(summary.Contests));
        if (summary.Transactions is { } transactions)
        {
            totals.AddRow("transactions read", Number(transactions.Read));
            totals.AddRow("in table transactions", Number(transactions.Stored));
            totals.AddRow("scored by a model", Number(transactions.Scored));
            totals.AddRow("anomalies, in table anomalies", Number(summary.Anomalies ?? 0));
            totals.AddRow("alerts", Number(summary.Alerts ?? 0));
            if (summary is { Precision: { } precision, Recall: { } recall })
            {
                totals.AddRow("precision, on what the model has not seen", Share(precision));
                totals.AddRow("recall, on what the model has not seen", Share(recall));
            }

            totals.AddRow("labelled addresses", Number(transactions.Labels));
            totals.AddRow("dead letters of chain data", Number(transactions.DeadLetters));
        }

        totals.AddRow("dead letters", Number(summary.DeadLetters));
        totals.AddRow("files read", Number(summary.Files.Read));
        totals.AddRow("findings a second", Number((long)summary.RecordsPerSecond));
        if (summary.Transactions is { } rate)
        {
            totals.AddRow("transactions a second", Number((long)rate.PerSecond));
        }

        totals.AddRow("elapsed", string.Create(CultureInfo.InvariantCulture, $"{summary.ElapsedSeconds:0.0} s"));
        totals.AddRow("peak memory", string.Create(CultureInfo.InvariantCulture, $"{summary.PeakMemoryMiB:0} MiB"));
        console.Write(totals);

        var columns = new List<Table>
        {
            Counts("platform", findings.ByPlatform, int.MaxValue),
            Counts("severity", findings.BySeverity, int.MaxValue),
            Counts("type", findings.ByType, TypesShown),
        };
        if (summary.AnomaliesBySeverity is { Count: > 0 } anomalies)
        {
            columns.Add(Counts("anomalies", anomalies, int.MaxValue));
        }

        if (summary.DeadLetters > 0)
        {
            columns.Add(Counts("dead letters by reason", summary.DeadLettersByReason, int.MaxValue));
        }

        console.Write(new Columns(columns) { Expand = false });
    }

    private static Table Counts(string heading, IReadOnlyDictionary<string, long> counts, int shown)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn(heading).AddColumn(new TableColumn("count").RightAligned());
        foreach ((string name, long count) in counts.Take(shown))
        {
            table.AddRow(Markup.Escape(name), Number(count));
        }

        if (counts.Count > shown)
        {
            table.AddRow($"{counts.Count - shown} more", Number(counts.Skip(shown).Sum(pair => pair.Value)));
        }

        return table;
    }

    private static string Share(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
