using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Spectre.Console;

namespace AuditIntel.Benchmarks.Reporting;

/// <summary>What a benchmark found, as a table for people or as one JSON object.</summary>
internal sealed record BenchmarkReport(string Benchmark, string Subject, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<Measurement> Measurements)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public void WriteTo(TextWriter output, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    benchmark = Benchmark,
                    subject = Subject,
                    settings = Settings,
                    machine = Machine(),
                    measurements = Measurements.Select(each => new { name = each.Name, unit = each.Unit, median = Math.Round(each.Median, 3), runs = each.Runs.Select(run => Math.Round(run, 3)) }),
                },
                Indented));
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Math.Max(console.Profile.Width, 120);
        Table table = new Table().Border(TableBorder.Simple).AddColumns(Subject, "unit");
        table.AddColumn(new TableColumn("median").RightAligned());
        table.AddColumn(new TableColumn("runs").RightAligned());
        foreach (Measurement each in Measurements)
        {
            table.AddRow(Markup.Escape(each.Name), Markup.Escape(each.Unit), Text(each.Median), string.Join("  ", each.Runs.Select(Text)));
        }

        console.Write(table);
        output.WriteLine(string.Join(", ", Settings.Select(setting => $"{setting.Key} {setting.Value}")));
        output.WriteLine(string.Join(", ", Machine().Select(fact => $"{fact.Key} {fact.Value}")));
    }

    private static Dictionary<string, string> Machine() => new()
    {
        ["processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB"),
        ["system"] = RuntimeInformation.OSDescription,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
    };

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
