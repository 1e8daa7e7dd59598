using System.Text.Json;

namespace AuditIntel.Sinks.Tests.Alerts;

/// <summary>What an <see cref="HttpReceiver"/> was sent.</summary>
internal sealed record ReceivedRequest(string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
