using System.Globalization;

namespace AuditIntel.Avro;

/// <summary>Reads a schema's JSON text ("Schema Declaration" in the specification of Avro 1.11).</summary>
internal sealed class AvroSchemaParser
{
    private const int LargestFixed = 16 * 1024 * 1024;

    private static readonly Dictionary<string, AvroType> Primitives = new()
    {
        ["null"] = AvroType.Null,
        ["boolean"] = AvroType.Boolean,
        ["int"] = AvroType.Int,
        ["long"] = AvroType.Long,
        ["float"] = AvroType.Float,
        ["double"] = AvroType.Double,
        ["bytes"] = AvroType.Bytes,
        ["string"] = AvroType.String,
    };

    private readonly IDictionary<string, NamedSchema> _known;
    private readonly List<RecordField> _defaults = new();

    private readonly IReadOnlyDictionary<string, NamedSchema> _imports;

    private AvroSchemaParser(IDictionary<string, NamedSchema> known, IReadOnlyDictionary<string, NamedSchema> imports)
    {
        _known = known;
        _imports = imports;
    }

    /// <param name="json">The schema's text.</param>
    /// <param name="known">Types that the text may use and may not define again; its own are added.</param>
    /// <param name="imports">Types that the text may use where it does not define them itself.</param>
    public static AvroSchema Parse(string json, IDictionary<string, NamedSchema> known, IReadOnlyDictionary<string, NamedSchema>? imports = null)
    {
        var parser = new AvroSchemaParser(known, imports ?? new Dictionary<string, NamedSchema>());
        AvroSchema schema = parser.Parse(SchemaJsonReader.Read(json), "");
        parser.CheckDefaults();
        return schema;
    }

    /// <summary>Only at the end: a record may hold itself, and is not complete before.</summary>
    private void CheckDefaults()
    {
        foreach (RecordField field in _defaults)
        {
            if (!DefaultValue.Fits(field.Schema, field.Default!))
            {
                throw new AvroSchemaException($"The default of field '{field.Name}' is no value of its type", field.Default!);
            }
        }
    }

    private AvroSchema Parse(SchemaJson json, string space)
    {
        switch (json.Kind)
        {
            case SchemaJsonKind.String:
                return Reference(json, json.Text, space);
            case SchemaJsonKind.Array:
                return ParseUnion(json, space);
            case SchemaJsonKind.Object:
                return ParseObject(json, space);
            default:
                throw new AvroSchemaException("A schema is a name, an object or an array", json);
        }
    }

    private AvroSchema Reference(SchemaJson json, string name, string space)
    {
        if (Primitives.TryGetValue(name, out AvroType primitive))
        {
            return new PrimitiveSchema(primitive, json);
        }

        string fullName = FullName(name, space);
        if (_known.TryGetValue(fullName, out NamedSchema? named) || _known.TryGetValue(name, out named)
            || _imports.TryGetValue(fullName, out named) || _imports.TryGetValue(name, out named))
        {
            return named;
        }

        throw new AvroSchemaException($"Type '{name}' is not defined", json);
    }

    private UnionSchema ParseUnion(SchemaJson json, string space)
    {
        var branches = new List<AvroSchema>();
        var seen = new HashSet<string>();
        foreach (SchemaJson item in json.Items)
        {
            AvroSchema branch = Parse(item, space);
            if (branch is UnionSchema)
            {
                throw new AvroSchemaException("A union may not hold a union directly", item);
            }

            string identity = branch is NamedSchema named ? named.FullName : branch.Type.ToString();
            if (!seen.Add(identity))
            {
                throw new AvroSchemaException($"A union may hold {identity} only once", item);
            }

            branches.Add(branch);
        }

        return new UnionSchema(json, branches);
    }

    private AvroSchema ParseObject(SchemaJson json, string space)
    {
        SchemaJson type = json["type"] ?? throw new AvroSchemaException("A schema object wants the attribute 'type'", json);
        AvroSchema schema;
        if (type.Kind != SchemaJsonKind.String)
        {
            schema = Parse(type, space);
        }
        else
        {
            switch (type.Text)
            {
                case "record":
                case "error":
                    schema = ParseRecord(json, space);
                    break;
                case "enum":
                    schema = ParseEnum(json, space);
                    break;
                case "fixed":
                    schema = ParseFixed(json, space);
                    break;
                case "array":
                    schema = new ArraySchema(json, Parse(json["items"] ?? throw new AvroSchemaException("An array wants 'items'", json), space));
                    break;
                case "map":
                    schema = new MapSchema(json, Parse(json["values"] ?? throw new AvroSchemaException("A map wants 'values'", json), space));
                    break;
                default:
                    schema = Reference(json, type.Text, space);
                    break;
            }
        }

        // A named type carries its logical type where it is defined: an annotation beside a mere reference must not change it for others.
        if (schema is PrimitiveSchema or FixedSchema && ReferenceEquals(schema.Json, json))
        {
            LogicalTypes.Set(schema, json);
        }

        return schema;
    }

    private RecordSchema ParseRecord(SchemaJson json, string space)
    {
        (string name, string own) = Name(json, space);
        var record = new RecordSchema(json, name, own, Aliases(json, own, qualified: true), json["doc"]?.Text);
        Define(record, json);

        SchemaJson fields = RequiredArray(json, "fields");
        var list = new List<RecordField>();
        var names = new HashSet<string>();
        foreach (SchemaJson item in fields.Items)
        {
            string fieldName = RequiredText(item, "name");
            CheckName(fieldName, item);
            if (!names.Add(fieldName))
            {
                throw new AvroSchemaException($"Record '{name}' has two fields '{fieldName}'", item);
            }

            SchemaJson type = item["type"] ?? throw new AvroSchemaException($"Field '{fieldName}' wants 'type'", item);
            AvroSchema schema = Parse(type, own);
            SchemaJson? defaultValue = item["default"];
            var field = new RecordField(fieldName, schema, defaultValue, Aliases(item, own, qualified: false), item["doc"]?.Text, item);
            list.Add(field);
            if (defaultValue is not null)
            {
                _defaults.Add(field);
            }
        }

        record.Fields = list;
        return record;
    }

    private EnumSchema ParseEnum(SchemaJson json, string space)
    {
        (string name, string own) = Name(json, space);
        SchemaJson symbols = RequiredArray(json, "symbols");
        var list = new List<string>();
        var seen = new HashSet<string>();
        foreach (SchemaJson symbol in symbols.Items)
        {
            CheckName(symbol.Text, symbol);
            if (!seen.Add(symbol.Text))
            {
                throw new AvroSchemaException($"Enum '{name}' has the symbol '{symbol.Text}' twice", symbol);
            }

            list.Add(symbol.Text);
        }

        SchemaJson? defaultSymbol = json["default"];
        if (defaultSymbol is not null && !seen.Contains(defaultSymbol.Text))
        {
            throw new AvroSchemaException($"The default of enum '{name}' is none of its symbols", defaultSymbol);
        }

        var schema = new EnumSchema(json, name, own, Aliases(json, own, qualified: true), json["doc"]?.Text, list, defaultSymbol?.Text);
        Define(schema, json);
        return schema;
    }

    private FixedSchema ParseFixed(SchemaJson json, string space)
    {
        (string name, string own) = Name(json, space);
        SchemaJson size = json["size"] ?? throw new AvroSchemaException($"Fixed '{name}' wants 'size'", json);
        if (!int.TryParse(size.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) || bytes > LargestFixed)
        {
            throw new AvroSchemaException($"'size' of fixed '{name}' is no number from 0 to {LargestFixed}", size);
        }

        var schema = new FixedSchema(json, name, own, Aliases(json, own, qualified: true), json["doc"]?.Text, bytes);
        Define(schema, json);
        return schema;
    }

    private void Define(NamedSchema schema, SchemaJson json)
    {
        if (_known.ContainsKey(schema.FullName))
        {
            throw new AvroSchemaException($"Type '{schema.FullName}' is defined twice", json);
        }

        _known.Add(schema.FullName, schema);
    }

    private static (string Name, string Namespace) Name(SchemaJson json, string space)
    {
        string name = RequiredText(json, "name");
        string own = OptionalText(json, "namespace") ?? space;
        int dot = name.LastIndexOf('.');
        if (dot >= 0)
        {
            own = name.Substring(0, dot);
            name = name.Substring(dot + 1);
        }

        CheckName(name, json);
        foreach (string part in own.Length == 0 ? Array.Empty<string>() : own.Split('.'))
        {
            CheckName(part, json);
        }

        if (Primitives.ContainsKey(name))
        {
            throw new AvroSchemaException($"'{name}' is the name of a primitive type, which no namespace may define", json);
        }

        return (name, own);
    }

    private static string FullName(string name, string space) =>
        name.LastIndexOf('.') >= 0 || space.Length == 0 ? name : space + "." + name;

    private static List<string> Aliases(SchemaJson json, string space, bool qualified)
    {
        var aliases = new List<string>();
        foreach (SchemaJson alias in json["aliases"] is null ? Array.Empty<SchemaJson>() : RequiredArray(json, "aliases").Items)
        {
            foreach (string part in alias.Text.Split('.'))
            {
                CheckName(part, alias);
            }

            aliases.Add(qualified ? FullName(alias.Text, space) : alias.Text);
        }

        return aliases;
    }

    private static string RequiredText(SchemaJson json, string attribute)
    {
        SchemaJson? value = json[attribute];
        return value is { Kind: SchemaJsonKind.String }
            ? value.Text
            : throw new AvroSchemaException($"The attribute '{attribute}' is missing or no string", json);
    }

    private static string? OptionalText(SchemaJson json, string attribute) => json[attribute] is null ? null : RequiredText(json, attribute);

    private static SchemaJson RequiredArray(SchemaJson json, string attribute)
    {
        SchemaJson? value = json[attribute];
        return value is { Kind: SchemaJsonKind.Array }
            ? value
            : throw new AvroSchemaException($"The attribute '{attribute}' is missing or no array", value ?? json);
    }

    private static void CheckName(string name, SchemaJson at)
    {
        bool good = name.Length > 0;
        for (int i = 0; i < name.Length && good; i++)
        {
            char c = name[i];
            good = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' || (i > 0 && c is >= '0' and <= '9');
        }

        if (!good)
        {
            throw new AvroSchemaException($"'{name}' is no name: letters, digits and _ only, no digit first", at);
        }
    }
}
