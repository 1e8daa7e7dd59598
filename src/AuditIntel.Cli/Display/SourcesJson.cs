using System.Text.Json;
using System.Text.Json.Nodes;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Running;

namespace AuditIntel.Cli.Display;

/// <summary>Live sources as JSON.</summary>
internal static class SourcesJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string List(SourceCatalogue catalogue, IReadOnlyDictionary<string, SourceProgress>? progress) => Write(new JsonObject
    {
        ["sources"] = new JsonArray([.. catalogue.Sources.Select(source => (JsonNode)Entry(source, progress?.GetValueOrDefault(source.Id)))]),
        ["faults"] = Faults(catalogue),
    });

    public static string Check(SourceCatalogue catalogue, IReadOnlyList<SourceCheckResult> results) => Write(new JsonObject
    {
        ["valid"] = catalogue.Sources.Count,
        ["faults"] = Faults(catalogue),
        ["sources"] = new JsonArray(
        [
            .. results.Select(each => (JsonNode)new JsonObject
            {
                ["id"] = each.Source.Id,
                ["kind"] = SourceKinds.NameOf(each.Source.Kind),
                ["good"] = each.IsGood,
                ["answer"] = SourcesTables.FaultOf(each.Fault),
                ["status"] = each.Status,
                ["records"] = each.Items,
                ["refused"] = each.Refused,
                ["requests"] = each.Requests,
                ["retries"] = each.Retries,
                ["milliseconds"] = Math.Round(each.Elapsed.TotalMilliseconds),
                ["messages"] = new JsonArray([.. each.Messages.Select(message => (JsonNode)message)]),
            }),
        ]),
    });

    public static string Run(IReadOnlyList<SourceStatus> ended) => Write(new JsonObject
    {
        ["sources"] = new JsonArray(
        [
            .. ended.Select(status => (JsonNode)new JsonObject
            {
                ["id"] = status.Id,
                ["good"] = status.Condition is not SourceCondition.Failing,
                ["answer"] = SourcesTables.FaultOf(status.Fault),
                ["findings"] = status.Findings,
                ["published"] = status.Published,
                ["deadLetters"] = status.DeadLetters,
                ["notModified"] = status.NotModified,
                ["message"] = status.Message,
            }),
        ]),
    });

    private static JsonObject Entry(SourceDefinition source, SourceProgress? progress) => new()
    {
        ["id"] = source.Id,
        ["name"] = source.Name,
        ["kind"] = SourceKinds.NameOf(source.Kind),
        ["host"] = source.Url.Host,
        ["url"] = source.Url.AbsoluteUri,
        ["platform"] = source.Platform,
        ["every"] = Durations.Write(source.Every),
        ["jitter"] = Durations.Write(source.Jitter),
        ["requestsPerMinute"] = Math.Round(source.RequestsPerSecond * 60, 2),
        ["honoursRobots"] = source.HonoursRobots,
        ["enabled"] = source.Enabled,
        ["verified"] = source.Verified,
        ["lastPass"] = progress?.CompletedAt?.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["published"] = progress?.Published,
        ["interrupted"] = progress?.Interrupted,
    };

    private static JsonArray Faults(SourceCatalogue catalogue) => new(
    [
        .. catalogue.Faults.Select(fault => (JsonNode)new JsonObject { ["file"] = fault.File, ["line"] = fault.Line, ["source"] = fault.Source, ["message"] = fault.Message }),
    ]);

    private static string Write(JsonObject value) => value.ToJsonString(Indented);
}
