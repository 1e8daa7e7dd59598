using System.Globalization;
using AuditIntel.Contracts;
using CsvHelper;
using CsvHelper.Configuration;

namespace AuditIntel.Collectors.Code4rena;

/// <summary>The table contests.csv: id, name, type, award pool, auditors, month, number of highs. A row that cannot be read is set aside alone.</summary>
internal static class ContestsTableParser
{
    private const int FewestColumns = 7;

    public static bool Recognises(string text)
    {
        using var reader = new StringReader(text);
        string header = reader.ReadLine() ?? "";
        return header.Contains("Award Pool", StringComparison.OrdinalIgnoreCase) && header.TrimStart('\ufeff').StartsWith("ID", StringComparison.OrdinalIgnoreCase);
    }

    /// <remarks>Line by line: a quote that nobody closes must not swallow the rows below. Contest tables have no line ends within fields.</remarks>
    public static IEnumerable<Collected> Parse(ReportContext report)
    {
        using var lines = new StringReader(report.Text);
        lines.ReadLine();
        int number = 1;
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Row(report, line, number);
            }
        }
    }

    private static Collected Row(ReportContext report, string line, int number)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, TrimOptions = TrimOptions.Trim, BadDataFound = null };
        using var reader = new CsvReader(new StringReader(line), configuration);
        string[] fields = line.Count(c => c == '"') % 2 == 0 && reader.Read() ? reader.Parser.Record ?? [] : [];
        if (fields.Length < FewestColumns || fields[0].Length == 0)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"{report.File.RelativePath}, line {number}: a contest has {FewestColumns} columns and closed quotes.");
            return report.Refused(Platforms.Code4rena, string.Create(CultureInfo.InvariantCulture, $"line{number}"), CollectionError.BadCsvRow, message, line);
        }

        return new Collected.OfContest(new Contest
        {
            Platform = Platforms.Code4rena,
            Id = fields[0],
            Name = fields[1],
            Category = Known(fields[2]),
            PrizePoolUsd = decimal.TryParse(fields[3].Trim('$').Replace(",", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal pool)
                ? decimal.Round(pool, 2)
                : null,
            Auditors = Number(fields[4]),
            StartedOn = ReportContext.Day(fields[5]) is { } day ? DateOnly.FromDateTime(day.UtcDateTime) : null,
            HighFindings = Number(fields[6]),
            SourcePath = report.File.RelativePath,
            CollectedAt = report.CollectedAt,
        });
    }

    private static string? Known(string field) => field is "" or "-" ? null : field;

    private static int? Number(string field) => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
