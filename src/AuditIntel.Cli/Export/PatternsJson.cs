using System.Text.Json;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Queries;

namespace AuditIntel.Cli.Export;

/// <summary>Patterns as a JSON array, the same as <c>query patterns --json</c>.</summary>
internal static class PatternsJson
{
    public static string Write(IReadOnlyList<PatternRow> patterns) => JsonSerializer.Serialize(patterns, QueryJson.Default.IReadOnlyListPatternRow) + "\n";
}
