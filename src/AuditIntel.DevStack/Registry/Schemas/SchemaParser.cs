using AuditIntel.Avro;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Schemas;

/// <summary>Understands schemas, with the types that they refer to in other subjects.</summary>
internal sealed class SchemaParser(SchemaTable table)
{
    /// <summary>What tells schemas apart: the canonical text where the schema stands alone, else the text as it is stored, which is canonical where a registry wrote it.</summary>
    public static string IdentifyingText(SchemaContent content)
    {
        if (content.Type != SchemaContent.Avro || content.References.Count > 0)
        {
            return content.Text;
        }

        try
        {
            return AvroText.Of(AvroSchema.Parse(content.Text), []);
        }
        catch (AvroSchemaException)
        {
            // Another registry may have been less strict: its schema is handed out as it is.
            return content.Text;
        }
    }

    /// <param name="asked">Type, text and references as a request has them.</param>
    /// <param name="normalize">Whether the text is brought into the normal form and references are sorted.</param>
    /// <param name="withDeleted">Whether references may lead to versions that are softly deleted.</param>
    /// <exception cref="RegistryException">It is no Avro schema, or a reference leads nowhere.</exception>
    public ParsedSchema Parse(SchemaContent asked, bool normalize = false, bool withDeleted = true)
    {
        if (asked.Type != SchemaContent.Avro)
        {
            throw RegistryException.InvalidSchema($"Invalid schema type {asked.Type}: this registry knows AVRO only");
        }

        if (string.IsNullOrWhiteSpace(asked.Text))
        {
            throw RegistryException.InvalidSchema("Empty schema");
        }

        SchemaReference[] references = [.. asked.References.Select(reference => Resolve(reference, withDeleted))];
        if (normalize)
        {
            references =
            [
                .. references.Distinct()
                    .OrderBy(each => each.Name, StringComparer.Ordinal).ThenBy(each => each.Subject, StringComparer.Ordinal).ThenBy(each => each.Version),
            ];
        }

        try
        {
            var known = new Dictionary<string, NamedSchema>();
            Import(references, known, [], withDeleted);
            string[] imported = [.. known.Keys];
            AvroSchema schema = AvroSchema.Parse(asked.Text, known);
            string text = AvroText.Of(schema, imported, normalize);
            string standalone = imported.Length == 0 ? text : AvroText.Of(schema, [], normalize);
            var content = new SchemaContent { Text = text, References = references };
            return new ParsedSchema(schema, content.Identified(text), standalone);
        }
        catch (AvroSchemaException e)
        {
            throw RegistryException.InvalidSchema($"Invalid schema of type {asked.Type}, details: {e.Message}");
        }
    }

    /// <summary>A stored version, understood; null when it cannot be, as the original may be less strict or know other types.</summary>
    public ParsedSchema? TryParse(SchemaVersion version)
    {
        try
        {
            return Parse(version.Content);
        }
        catch (RegistryException)
        {
            return null;
        }
    }

    private SchemaReference Resolve(SchemaReference reference, bool withDeleted) =>
        reference with { Version = Find(reference, withDeleted).Version };

    private SchemaVersion Find(SchemaReference reference, bool withDeleted)
    {
        SchemaVersion? found = reference.Version == VersionSelector.Latest
            ? table.Versions(reference.Subject).LastOrDefault(version => !version.Deleted)
            : table.Version(reference.Subject, reference.Version);
        return found is not null && (withDeleted || !found.Deleted)
            ? found
            : throw RegistryException.InvalidSchema(
                $"Invalid schema: no schema reference found for subject \"{reference.Subject}\" and version {reference.Version}");
    }

    private void Import(IEnumerable<SchemaReference> references, Dictionary<string, NamedSchema> known, HashSet<string> visited, bool withDeleted)
    {
        foreach (SchemaReference reference in references)
        {
            // As in the original, the first reference of a name is the one that counts.
            if (visited.Add(reference.Name))
            {
                SchemaContent content = Find(reference, withDeleted).Content;
                Import(content.References, known, visited, withDeleted);
                AvroSchema.Parse(content.Text, known);
            }
        }
    }
}
