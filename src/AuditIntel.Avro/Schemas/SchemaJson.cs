using System.Globalization;
using System.Text;

namespace AuditIntel.Avro;

/// <summary>
/// A node of a schema's JSON text that knows its place. The compiler plug-in shares this file, and System.Text.Json is not to be had
/// inside a compiler.
/// </summary>
public sealed class SchemaJson
{
    private SchemaJson(SchemaJsonKind kind, int line, int column)
    {
        Kind = kind;
        Line = line;
        Column = column;
    }

    public SchemaJsonKind Kind { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>From 1.</summary>
    public int Column { get; }

    /// <summary>The text of a string, the digits of a number; otherwise empty.</summary>
    public string Text { get; private set; } = "";

    public IReadOnlyList<SchemaJson> Items { get; private set; } = System.Array.Empty<SchemaJson>();

    /// <summary>Members of an object in the order of the text.</summary>
    public IReadOnlyList<KeyValuePair<string, SchemaJson>> Members { get; private set; } = System.Array.Empty<KeyValuePair<string, SchemaJson>>();

    public SchemaJson? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, SchemaJson> member in Members)
            {
                if (member.Key == name)
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    public static SchemaJson ForString(string text, int line, int column) => new(SchemaJsonKind.String, line, column) { Text = text };

    public static SchemaJson ForNumber(string text, int line, int column) => new(SchemaJsonKind.Number, line, column) { Text = text };

    public static SchemaJson ForLiteral(SchemaJsonKind kind, int line, int column) => new(kind, line, column);

    public static SchemaJson ForArray(IReadOnlyList<SchemaJson> items, int line, int column) => new(SchemaJsonKind.Array, line, column) { Items = items };

    public static SchemaJson ForObject(IReadOnlyList<KeyValuePair<string, SchemaJson>> members, int line, int column) =>
        new(SchemaJsonKind.Object, line, column) { Members = members };

    /// <summary>The node as JSON text without blanks.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    /// <summary>Writes a JSON string literal, quotes included.</summary>
    public static void WriteString(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (char c in text)
        {
            switch (c)
            {
                case '"':
                    output.Append("\\\"");
                    break;
                case '\\':
                    output.Append("\\\\");
                    break;
                case '\n':
                    output.Append("\\n");
                    break;
                case '\r':
                    output.Append("\\r");
                    break;
                case '\t':
                    output.Append("\\t");
                    break;
                default:
                    if (c < ' ')
                    {
                        output.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        output.Append(c);
                    }

                    break;
            }
        }

        output.Append('"');
    }

    private void Write(StringBuilder output)
    {
        switch (Kind)
        {
            case SchemaJsonKind.Null:
                output.Append("null");
                break;
            case SchemaJsonKind.True:
                output.Append("true");
                break;
            case SchemaJsonKind.False:
                output.Append("false");
                break;
            case SchemaJsonKind.Number:
                output.Append(Text);
                break;
            case SchemaJsonKind.String:
                WriteString(output, Text);
                break;
            case SchemaJsonKind.Array:
                output.Append('[');
                for (int i = 0; i < Items.Count; i++)
                {
                    if (i > 0)
                    {
                        output.Append(',');
                    }

                    Items[i].Write(output);
                }

                output.Append(']');
                break;
            default:
                output.Append('{');
                for (int i = 0; i < Members.Count; i++)
                {
                    if (i > 0)
                    {
                        output.Append(',');
                    }

                    WriteString(output, Members[i].Key);
                    output.Append(':');
                    Members[i].Value.Write(output);
                }

                output.Append('}');
                break;
        }
    }
}
