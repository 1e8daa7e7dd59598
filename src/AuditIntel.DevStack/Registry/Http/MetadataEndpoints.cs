using System.Reflection;
using System.Text.Json.Nodes;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary>The root, the list of contexts, and who this is.</summary>
internal static class MetadataEndpoints
{
    /// <summary>Name of the group of registries, as the original calls its own.</summary>
    private const string RegistryCluster = "schema-registry";

    /// <param name="routes">Where to add them.</param>
    /// <param name="kafkaClusterId">Of the cluster that keeps the schemas.</param>
    public static void Map(RouteTable routes, string kafkaClusterId)
    {
        routes.Get("/", _ => Answer.Json(new JsonObject()));
        routes.Map("POST", "/", (_, _) => Task.FromResult(Answer.Json(new JsonObject())));
        routes.Get("/contexts", _ => Answer.Json(RegistryJson.Array(["."])));
        routes.Get("/v1/metadata/id", _ => Answer.Json(new JsonObject
        {
            ["id"] = "",
            ["scope"] = new JsonObject
            {
                ["path"] = new JsonArray(),
                ["clusters"] = new JsonObject { ["kafka-cluster"] = kafkaClusterId, ["schema-registry-cluster"] = RegistryCluster },
            },
        }));
        routes.Get("/v1/metadata/version", _ => Answer.Json(Version()));
    }

    /// <summary>This program's own version and, where the build knows it, commit.</summary>
    private static JsonObject Version()
    {
        string text = typeof(MetadataEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        string[] parts = text.Split('+', 2);
        var json = new JsonObject { ["version"] = parts[0] };
        if (parts.Length > 1)
        {
            json["commitId"] = parts[1];
        }

        return json;
    }
}
