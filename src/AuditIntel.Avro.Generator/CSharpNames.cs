using System.Text;

namespace AuditIntel.Avro.Generator;

/// <summary>Names and literals of the generated code.</summary>
internal static class CSharpNames
{
    /// <summary>nativeId, native_id and NATIVE_ID all become NativeId.</summary>
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

    public static string Camel(string name)
    {
        string pascal = Pascal(name);
        return "@" + char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }

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
                case < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029':
                    literal.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
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
            string escaped = doc.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\r", "").Replace("\n", " ");
            output.Append(indent).Append("/// <summary>").Append(escaped).AppendLine("</summary>");
        }
    }
}
