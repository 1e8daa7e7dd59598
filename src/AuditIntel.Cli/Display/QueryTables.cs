using System.Globalization;
using AuditIntel.Cli.Queries;
using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>Answers of the <c>query</c> commands for people.</summary>
internal static class QueryTables
{
    private const int TitleLength = 90;

    public static void Write(IAnsiConsole console, IReadOnlyList<FindingRow> findings)
    {
        if (findings.Count == 0)
        {
            console.WriteLine("No finding matches.");
            return;
        }

        Table table = Titled("severity", "type", "platform", "contest", "id", "title", "published", "duplicates");
        foreach (FindingRow row in findings)
        {
            table.AddRow(
                Text(row.Severity),
                Text(row.Type ?? row.Method ?? ""),
                Text(row.Platform),
                Text(row.Contest),
                Text(row.NativeId),
                Text(row.Title.Length > TitleLength ? row.Title[..TitleLength] + "…" : row.Title),
                Text(Day(row.PublishedAt)),
                Text(row.Similarity is { } similarity ? similarity.ToString("0.00", CultureInfo.InvariantCulture) : Number(row.Duplicates)));
        }

        console.Write(table);
    }

    public static void Write(IAnsiConsole console, IReadOnlyList<PatternRow> patterns)
    {
        if (patterns.Count == 0)
        {
            console.WriteLine("There is no finding with a known type yet; feed some with 'auditintel ingest'.");
            return;
        }

        Table table = Titled("type", "findings", "critical", "high", "medium", "low", "risk", "platforms", "SWC, OWASP", "what is done about it");
        foreach (PatternRow row in patterns)
        {
            table.AddRow(
                Text(row.Type),
                Text(Number(row.Findings)),
                Text(Number(row.Critical)),
                Text(Number(row.High)),
                Text(Number(row.Medium)),
                Text(Number(row.Low)),
                Text(Number(row.Risk)),
                Text(Number(row.Platforms.Count)),
                Text(string.Join(' ', [.. row.Swc, row.Owasp ?? ""]).Trim()),
                Text(row.Recommendation));
        }

        console.Write(table);
    }

    public static void Write(IAnsiConsole console, TrendAnswer answer)
    {
        if (answer.Trends.Count == 0)
        {
            console.WriteLine("There are no trends yet: they need findings with a date of publication.");
            return;
        }

        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"{answer.Trends[0].WindowStart:yyyy-MM-dd} to {answer.Trends[0].WindowEnd:yyyy-MM-dd}, beside the {answer.WindowDays} days before");
        Table table = Titled("rank", answer.Dimension, "findings", "before", "direction", "p (adjusted)", "risk", "training need");
        foreach (TrendRow row in answer.Trends)
        {
            table.AddRow(
                Text(Number(row.Rank)),
                Text(row.Value),
                Text(Number(row.Count)),
                Text(Number(row.PreviousCount)),
                Text(row.Direction),
                Text(row.AdjustedPValue?.ToString("0.0000", CultureInfo.InvariantCulture) ?? ""),
                Text(Number(row.Risk)),
                Text(row.TrainingNeed ?? ""));
        }

        console.Write(table);
        if (answer.Emerging.Count > 0)
        {
            Table threats = Titled("emerging", "kind", "findings", "before", "worst", "what is done about it");
            foreach (ThreatRow row in answer.Emerging)
            {
                threats.AddRow(Text(row.Name), Text(row.Kind), Text(Number(row.Count)), Text(Number(row.PreviousCount)), Text(row.WorstSeverity), Text(row.Recommendation));
            }

            console.Write(threats);
        }
    }

    private static Table Titled(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static string Text(string text) => Markup.Escape(text);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTime? moment) => moment?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
