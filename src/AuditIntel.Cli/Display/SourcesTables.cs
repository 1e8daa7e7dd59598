using System.Globalization;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Running;
using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>Live sources for people.</summary>
internal static class SourcesTables
{
    public static void WriteList(IAnsiConsole console, SourceCatalogue catalogue, IReadOnlyDictionary<string, SourceProgress>? progress)
    {
        Table table = TableOf("source", "kind", "host", "platform", "every", "enabled", "verified");
        if (progress is not null)
        {
            table.AddColumn("last pass").AddColumn(new TableColumn("records").RightAligned());
        }

        foreach (SourceDefinition source in catalogue.Sources)
        {
            List<string> row =
            [
                source.Id, SourceKinds.NameOf(source.Kind), source.Url.Host, source.Platform, Durations.Write(source.Every), YesNo(source.Enabled), YesNo(source.Verified),
            ];
            if (progress is not null)
            {
                SourceProgress? at = progress.GetValueOrDefault(source.Id);
                row.Add(at is null ? "never" : (at.CompletedAt is { } completed ? Time(completed) : "not yet") + (at.Interrupted ? ", goes on in the middle" : ""));
                row.Add(at is null ? "" : at.Published.ToString(CultureInfo.InvariantCulture));
            }

            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{catalogue.Sources.Count} sources, {catalogue.Sources.Count(source => source.Enabled)} enabled, {catalogue.Sources.Count(source => source.Verified)} verified"));
    }

    /// <summary>Faults of the catalogue go out as they are, one a line, to be found by other programs.</summary>
    public static void WriteCheck(IAnsiConsole console, TextWriter output, SourceCatalogue catalogue, IReadOnlyList<SourceCheckResult> results)
    {
        foreach (CatalogueFault fault in catalogue.Faults)
        {
            output.WriteLine(fault.ToString());
        }

        if (results.Count > 0)
        {
            Table table = TableOf("source", "kind", "answer", "status", "records", "refused", "requests", "ms");
            foreach (SourceCheckResult each in results)
            {
                table.AddRow(
                    Markup.Escape(each.Source.Id), SourceKinds.NameOf(each.Source.Kind), FaultOf(each.Fault), $"{each.Status}", $"{each.Items}", $"{each.Refused}", $"{each.Requests}",
                    each.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
            }

            console.Write(table);
            foreach (string message in results.SelectMany(each => each.Messages))
            {
                output.WriteLine(message);
            }
        }

        string answers = results.Count == 0
            ? "no source was asked"
            : string.Create(CultureInfo.InvariantCulture, $"{results.Count(each => each.IsGood)} of {results.Count} sources answer as they should");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{catalogue.Sources.Count} entries are valid, {catalogue.Faults.Count} faults; {answers}."));
    }

    public static void WriteRun(IAnsiConsole console, IReadOnlyList<SourceStatus> ended)
    {
        Table table = TableOf("source", "pass", "findings", "new or changed", "dead letters", "unchanged pages", "message");
        foreach (SourceStatus status in ended)
        {
            table.AddRow(
                Markup.Escape(status.Id), status.Condition is SourceCondition.Failing ? FaultOf(status.Fault) : "ok", $"{status.Findings}", $"{status.Published}", $"{status.DeadLetters}",
                $"{status.NotModified}", Markup.Escape(status.Message ?? ""));
        }

        console.Write(table);
    }

    /// <summary>A fault as one word in kebab case; ok for none.</summary>
    public static string FaultOf(FetchFault? fault) =>
        fault is null ? "ok" : string.Concat(fault.Value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static Table TableOf(params ReadOnlySpan<string> columns)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
