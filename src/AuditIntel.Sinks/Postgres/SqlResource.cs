using System.Collections.Frozen;
using System.Reflection;
using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>The SQL files that are embedded in this assembly.</summary>
internal static class SqlResource
{
    private static readonly Assembly Home = typeof(SqlResource).Assembly;

    private static readonly FrozenDictionary<string, string> Statements =
        List("Sql").ToFrozenDictionary(resource => resource["Sql/".Length..^".sql".Length], Read, StringComparer.Ordinal);

    /// <summary>Text of Postgres/Sql/<paramref name="name"/>.sql.</summary>
    public static string Statement(string name) => Statements[name];

    /// <summary>A command for Postgres/Sql/<paramref name="name"/>.sql; <paramref name="parameters"/> are its $1, $2, ...</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, string name, params ReadOnlySpan<object> parameters)
    {
        // The text is an embedded file of this assembly; whatever comes from outside comes as parameter.
#pragma warning disable CA2100
        var command = new NpgsqlCommand(Statement(name), connection);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }

    /// <summary>Runs Postgres/Sql/<paramref name="name"/>.sql.</summary>
    /// <returns>Number of rows that it made, changed or deleted.</returns>
    public static async Task<int> ExecuteAsync(NpgsqlConnection connection, string name, object[] parameters, CancellationToken cancellationToken)
    {
        var command = Command(connection, name, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Names of the embedded files below a folder, sorted.</summary>
    public static IReadOnlyList<string> List(string folder) =>
        [.. Home.GetManifestResourceNames().Where(n => n.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static string Read(string resource)
    {
        using var stream = Home.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no embedded file {resource}: check the EmbeddedResource items of the project.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
