using System.Globalization;
using AuditIntel.Cli.Queries;
using CsvHelper;
using CsvHelper.Configuration;

namespace AuditIntel.Cli.Export;

/// <summary>
/// Patterns as CSV (RFC 4180), one row a type; lists are separated by blanks. Text that a spreadsheet would take for a formula is made harmless.
/// </summary>
internal static class PatternsCsv
{
    private static readonly string[] Header =
        ["type", "name", "findings", "critical", "high", "medium", "low", "risk", "platforms", "firstPublished", "lastPublished", "swc", "cwe", "owasp", "recommendation", "examples"];

    public static string Write(IReadOnlyList<PatternRow> patterns)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape });
        Row(csv, Header);
        foreach (PatternRow pattern in patterns)
        {
            Row(
                csv,
                pattern.Type,
                pattern.Name,
                Number(pattern.Findings),
                Number(pattern.Critical),
                Number(pattern.High),
                Number(pattern.Medium),
                Number(pattern.Low),
                Number(pattern.Risk),
                string.Join(' ', pattern.Platforms),
                Day(pattern.FirstPublished),
                Day(pattern.LastPublished),
                string.Join(' ', pattern.Swc),
                string.Join(' ', pattern.Cwe),
                pattern.Owasp ?? "",
                pattern.Recommendation,
                string.Join(' ', pattern.Examples.Select(example => example.Url ?? example.Id)));
        }

        csv.Flush();
        return text.ToString();
    }

    private static void Row(CsvWriter csv, params string[] fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTime? moment) => moment?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
