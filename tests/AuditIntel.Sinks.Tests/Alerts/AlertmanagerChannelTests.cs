using System.Text.Json;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts.Channels;

namespace AuditIntel.Sinks.Tests.Alerts;

/// <summary>Against the real program.</summary>
public sealed class AlertmanagerChannelTests
{
    [Fact]
    public async Task Alert_ShouldStandOnce_UntilItIsResolved()
    {
        await using AlertmanagerProcess server = await AlertmanagerProcess.StartAsync();
        using IAlertChannel channel = AlertStack.Channel($"type: alertmanager, url: {server.Url}");
        Alert alert = AlertStack.Alert("a") with { Title = "quotes \" and \\ and <b>", OccurredAt = DateTimeOffset.UtcNow.AddYears(-2) };

        await channel.SendAsync(alert, CancellationToken.None);
        await channel.SendAsync(alert, CancellationToken.None);
        await channel.SendAsync(AlertStack.Alert("b") with { OccurredAt = DateTimeOffset.UtcNow.AddYears(2) }, CancellationToken.None);

        JsonElement[] standing = await server.ActiveAsync();
        Assert.Equal(2, standing.Length);
        JsonElement first = standing.Single(each => each.GetProperty("labels").GetProperty("alert_id").GetString() == alert.Id);
        Assert.Equal(("severe", "critical", "1", "0xabc"), (Label(first, "alertname"), Label(first, "severity"), Label(first, "chain"), Label(first, "address")));
        Assert.Equal(alert.Title, first.GetProperty("annotations").GetProperty("summary").GetString());

        await channel.SendAsync(alert with { Resolved = true }, CancellationToken.None);
        Assert.Equal([AlertStack.Alert("b").Id], (await server.ActiveAsync()).Select(each => Label(each, "alert_id")));
    }

    private static string? Label(JsonElement alert, string name) => alert.GetProperty("labels").GetProperty(name).GetString();
}
