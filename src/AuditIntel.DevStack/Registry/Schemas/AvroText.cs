using System.Text;
using AuditIntel.Avro;

namespace AuditIntel.DevStack.Registry.Schemas;

/// <summary>
/// A schema's text as Avro's Java library writes it (<c>Schema.toString()</c>): one order of attributes, names where a type is known. The original
/// stores schemas so, and tells by this text whether two are the same.
/// </summary>
internal sealed class AvroText
{
    private static readonly string[] SchemaAttributes = ["type", "name", "namespace", "doc", "fields", "items", "values", "symbols", "size", "aliases"];
    private static readonly string[] EnumAttributes = [.. SchemaAttributes, "default"];
    private static readonly string[] FieldAttributes = ["name", "type", "doc", "default", "order", "aliases"];
    private static readonly string[] LogicalAttributes = ["logicalType", "precision", "scale"];

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _defined;
    private readonly bool _normalize;

    private AvroText(IEnumerable<string> known, bool normalize)
    {
        _defined = [.. known];
        _normalize = normalize;
    }

    /// <param name="schema">The schema.</param>
    /// <param name="known">Full names of types that are written as names everywhere.</param>
    /// <param name="normalize">Sorts further attributes and aliases, and drops what says nothing, as <c>normalize=true</c> asks.</param>
    public static string Of(AvroSchema schema, IEnumerable<string> known, bool normalize = false)
    {
        var writer = new AvroText(known, normalize);
        writer.Write(schema, "");
        return writer._text.ToString();
    }

    private void Write(AvroSchema schema, string space)
    {
        switch (schema)
        {
            case NamedSchema named when !_defined.Add(named.FullName):
                SchemaJson.WriteString(_text, named.Namespace.Length == 0 || named.Namespace == space ? named.Name : named.FullName);
                break;
            case RecordSchema record:
                Head(record, record.Json["type"]!.Text, space);
                WriteFields(record);
                Tail(record, SchemaAttributes);
                break;
            case EnumSchema symbols:
                Head(symbols, "enum", space);
                _text.Append(",\"symbols\":").Append(symbols.Json["symbols"]);
                Attribute("default", symbols.Json["default"]);
                Tail(symbols, EnumAttributes);
                break;
            case FixedSchema sized:
                Head(sized, "fixed", space);
                _text.Append(",\"size\":").Append(sized.Json["size"]);
                Tail(sized, SchemaAttributes);
                break;
            case ArraySchema array:
                _text.Append("{\"type\":\"array\",\"items\":");
                Write(array.Items, space);
                Properties(array.Json, SchemaAttributes);
                _text.Append('}');
                break;
            case MapSchema map:
                _text.Append("{\"type\":\"map\",\"values\":");
                Write(map.Values, space);
                Properties(map.Json, SchemaAttributes);
                _text.Append('}');
                break;
            case UnionSchema union:
                WriteUnion(union, space);
                break;
            default:
                WritePrimitive(schema);
                break;
        }
    }

    private void WriteUnion(UnionSchema union, string space)
    {
        _text.Append('[');
        for (int i = 0; i < union.Branches.Count; i++)
        {
            _text.Append(i == 0 ? "" : ",");
            Write(union.Branches[i], space);
        }

        _text.Append(']');
    }

    private void WritePrimitive(AvroSchema schema)
    {
        string name = schema.Type.ToString().ToLowerInvariant();
        if (schema.Json.Members.All(member => SchemaAttributes.Contains(member.Key)))
        {
            SchemaJson.WriteString(_text, name);
            return;
        }

        _text.Append("{\"type\":");
        SchemaJson.WriteString(_text, name);
        Properties(schema.Json, SchemaAttributes);
        _text.Append('}');
    }

    private void Head(NamedSchema schema, string type, string space)
    {
        _text.Append("{\"type\":");
        SchemaJson.WriteString(_text, type);
        _text.Append(",\"name\":");
        SchemaJson.WriteString(_text, schema.Name);
        if (schema.Namespace != space)
        {
            _text.Append(",\"namespace\":");
            SchemaJson.WriteString(_text, schema.Namespace);
        }

        Doc(schema.Json);
    }

    private void Tail(NamedSchema schema, string[] attributes)
    {
        Properties(schema.Json, attributes);
        Aliases(schema.Aliases.Select(alias => Unqualified(alias, schema.Namespace)));
        _text.Append('}');
    }

    private void WriteFields(RecordSchema record)
    {
        _text.Append(",\"fields\":[");
        for (int i = 0; i < record.Fields.Count; i++)
        {
            RecordField field = record.Fields[i];
            _text.Append(i == 0 ? "{\"name\":" : ",{\"name\":");
            SchemaJson.WriteString(_text, field.Name);
            _text.Append(",\"type\":");
            Write(field.Schema, record.Namespace);
            Doc(field.Json);
            Attribute("default", field.Json["default"]);
            if (field.Json["order"] is { Text: not "ascending" } order)
            {
                Attribute("order", order);
            }

            Aliases(field.Aliases);
            Properties(field.Json, FieldAttributes);
            _text.Append('}');
        }

        _text.Append(']');
    }

    private void Doc(SchemaJson json)
    {
        if (json["doc"] is { Kind: SchemaJsonKind.String } doc && !(_normalize && doc.Text.Length == 0))
        {
            Attribute("doc", doc);
        }
    }

    private void Aliases(IEnumerable<string> aliases)
    {
        string[] names = [.. _normalize ? aliases.Order(StringComparer.Ordinal) : aliases];
        if (names.Length > 0)
        {
            Attribute("aliases", SchemaJson.ForArray([.. names.Select(name => SchemaJson.ForString(name, 0, 0))], 0, 0));
        }
    }

    /// <summary>Attributes that Avro gives no meaning to, or a logical one.</summary>
    private void Properties(SchemaJson json, string[] attributes)
    {
        IEnumerable<KeyValuePair<string, SchemaJson>> members = json.Members.Where(member => !attributes.Contains(member.Key));
        if (_normalize)
        {
            members = members
                .Where(member => !(member.Key == "scale" && member.Value.Text == "0"))
                .OrderBy(member => Array.IndexOf(LogicalAttributes, member.Key) is >= 0 and int place ? place : LogicalAttributes.Length)
                .ThenBy(member => member.Key, StringComparer.Ordinal)
                .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)));
        }

        foreach ((string name, SchemaJson value) in members)
        {
            Attribute(name, value);
        }
    }

    private void Attribute(string name, SchemaJson? value)
    {
        if (value is not null)
        {
            _text.Append(',');
            SchemaJson.WriteString(_text, name);
            _text.Append(':').Append(value);
        }
    }

    private static SchemaJson Sorted(SchemaJson json) => json.Kind switch
    {
        SchemaJsonKind.Object => SchemaJson.ForObject(
            [.. json.Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))], 0, 0),
        SchemaJsonKind.Array => SchemaJson.ForArray([.. json.Items.Select(Sorted)], 0, 0),
        _ => json,
    };

    private static string Unqualified(string alias, string space) =>
        space.Length > 0 && alias.StartsWith(space + ".", StringComparison.Ordinal) && alias.IndexOf('.', space.Length + 1) < 0 ? alias[(space.Length + 1)..] : alias;
}
