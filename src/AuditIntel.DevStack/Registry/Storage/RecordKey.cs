using System.Text.Json;

namespace AuditIntel.DevStack.Registry.Storage;

/// <summary>
/// Key of a record: JSON with the original's order of fields, since compaction compares the bytes (classes <c>SchemaKey</c>, <c>ConfigKey</c> and so on of
/// confluentinc/schema-registry). A key that says nothing of a subject is the global one.
/// </summary>
internal readonly record struct RecordKey(RecordKind Kind, string? Subject = null, int Version = 0)
{
    private const int SchemaMagic = 1;

    private static readonly (RecordKind Kind, string Name)[] Names =
    [
        (RecordKind.Schema, "SCHEMA"),
        (RecordKind.Config, "CONFIG"),
        (RecordKind.Mode, "MODE"),
        (RecordKind.DeleteSubject, "DELETE_SUBJECT"),
        (RecordKind.ClearSubject, "CLEAR_SUBJECT"),
        (RecordKind.Noop, "NOOP"),
    ];

    public byte[] ToBytes()
    {
        RecordKind kind = Kind;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, RegistryJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("keytype", Array.Find(Names, each => each.Kind == kind).Name);
            if (Subject is not null)
            {
                json.WriteString("subject", Subject);
            }

            if (Kind == RecordKind.Schema)
            {
                json.WriteNumber("version", Version);
            }

            json.WriteNumber("magic", Kind == RecordKind.Schema ? SchemaMagic : 0);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="FormatException">It is no key of this layout.</exception>
    public static RecordKey Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes);
            JsonElement root = json.RootElement;
            string? name = root.GetProperty("keytype").GetString();
            (RecordKind Kind, string Name) known = Array.Find(Names, each => each.Name == name);
            RecordKind kind = known.Name is null ? RecordKind.Other : known.Kind;
            string? subject = root.TryGetProperty("subject", out JsonElement text) ? text.GetString() : null;
            if (kind != RecordKind.Schema)
            {
                return new RecordKey(kind, subject);
            }

            int magic = root.TryGetProperty("magic", out JsonElement number) ? number.GetInt32() : 0;
            return magic is 0 or SchemaMagic && subject is not null
                ? new RecordKey(kind, subject, root.GetProperty("version").GetInt32())
                : throw new FormatException($"a SCHEMA key has magic {magic} and subject '{subject}'");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"a key cannot be read: {e.Message}", e);
        }
    }

    /// <summary>As the original shows it in error 42206.</summary>
    public override string ToString() => $"{{magic=1,keytype=SCHEMA,subject={Subject},version={Version}}}";
}
