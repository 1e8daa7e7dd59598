using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Operations;
using AuditIntel.DevStack.Registry.Settings;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary><c>/mode</c>: what may be written, for all and by subject.</summary>
internal sealed class ModeEndpoints(SchemaTable table, SettingsInScope settings, SettingsChange change)
{
    public void Map(RouteTable routes)
    {
        routes.Get("/mode", _ => Show(settings.Mode(null)));
        routes.Get("/mode/{subject}", request => Show(
            request.Flag("defaultToGlobal") ? settings.Mode(request.Subject) : table.Mode(request.Subject) ?? throw RegistryException.NoMode(request.Subject)));
        routes.Map("PUT", "/mode", (request, cancellation) => PutAsync(request, null, cancellation));
        routes.Map("PUT", "/mode/{subject}", (request, cancellation) => PutAsync(request, request.Subject, cancellation));
        routes.Map("DELETE", "/mode", async (_, cancellation) => Show(await change.DeleteModeAsync(null, cancellation).ConfigureAwait(false)));
        routes.Map("DELETE", "/mode/{subject}", async (request, cancellation) =>
            Show(await change.DeleteModeAsync(request.Subject, cancellation).ConfigureAwait(false)));
    }

    private async Task<Answer> PutAsync(RegistryRequest request, string? subject, CancellationToken cancellationToken)
    {
        JsonObject body = await request.BodyAsync(cancellationToken).ConfigureAwait(false);
        RegistryMode mode = ModeNames.Parse(RequestBody.Text(body, "mode")) is { } known and not RegistryMode.Forward ? known : throw RegistryException.InvalidMode();
        return Show(await change.ChangeModeAsync(subject, mode, request.Flag("force"), cancellationToken).ConfigureAwait(false));
    }

    private static Answer Show(RegistryMode mode) => Answer.Json(new JsonObject { ["mode"] = mode.Name() });
}
