using System.Globalization;
using System.Text;

namespace AuditIntel.Avro.Generator;

/// <summary>Names and literals of the generated code.</summary>
internal static class CSharpNames
{
    /// <summary>Names that a record has already, or that C# forbids in one.</summary>
    private static readonly HashSet<string> Taken =
    [
        "AvroSchema", "SchemaText", "Read", "Write", "Equals", "GetHashCode", "ToString", "GetType", "EqualityContract", "PrintMembers", "Clone",
        "Finalize", "MemberwiseClone", "ReferenceEquals",
    ];

    /// <summary>nativeId, native_id and NATIVE_ID all become NativeId: no C# keyword begins with a capital.</summary>
    public static string Pascal(string name)
    {
        bool shouting = !name.Any(char.IsLower);
        var text = new StringBuilder();
        bool upper = true;
        foreach (char c in name)
        {
            if (c == '_')
            {
                upper = true;
                continue;
            }

            text.Append(upper ? char.ToUpperInvariant(c) : shouting ? char.ToLowerInvariant(c) : c);
            upper = false;
        }

        return text.Length == 0 || char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>The C# type of a record or enum.</summary>
    public static string TypeOf(NamedSchema schema) => Pascal(schema.Name);

    /// <summary>The property of a field; a name that the record needs itself gets the suffix Value.</summary>
    public static string Property(RecordSchema record, RecordField field)
    {
        string name = Pascal(field.Name);
        return Taken.Contains(name) || name == TypeOf(record) ? name + "Value" : name;
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A regular string literal.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in text)
        {
            switch (c)
            {
                case '"':
                    literal.Append("\\\"");
                    break;
                case '\\':
                    literal.Append("\\\\");
                    break;
                case < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or (>= '\ud800' and <= '\udfff'):
                    literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    literal.Append(c);
                    break;
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A summary comment, or nothing.</summary>
    public static void Summary(StringBuilder output, string indent, string? doc)
    {
        if (doc is { Length: > 0 })
        {
            string escaped = doc.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
            string line = string.Join(" ", escaped.Split(['\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries));
            output.Append(indent).Append("/// <summary>").Append(line).AppendLine("</summary>");
        }
    }
}
