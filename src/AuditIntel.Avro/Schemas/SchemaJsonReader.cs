using System.Globalization;
using System.Text;

namespace AuditIntel.Avro;

/// <summary>Reads JSON (RFC 8259) into nodes that know their line and column.</summary>
internal sealed class SchemaJsonReader
{
    /// <summary>A schema nested deeper is refused: it would exhaust the stack of whoever walks it.</summary>
    private const int DeepestNesting = 128;

    private readonly string _text;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _depth;

    private SchemaJsonReader(string text) => _text = text;

    /// <exception cref="AvroSchemaException">The text is no JSON; the message names line and column.</exception>
    public static SchemaJson Read(string text)
    {
        var reader = new SchemaJsonReader(text);
        SchemaJson root = reader.ReadValue();
        reader.SkipBlanks();
        return reader._at < text.Length ? throw reader.Error("Nothing may follow the schema") : root;
    }

    private int Column => _at - _lineStart + 1;

    private SchemaJson ReadValue()
    {
        SkipBlanks();
        int line = _line;
        int column = Column;
        if (_at >= _text.Length)
        {
            throw Error("The JSON text ends too early");
        }

        switch (_text[_at])
        {
            case '{':
                return Nested(() => SchemaJson.ForObject(ReadMembers(), line, column));
            case '[':
                return Nested(() => SchemaJson.ForArray(ReadItems(), line, column));
            case '"':
                return SchemaJson.ForString(ReadString(), line, column);
            case 't':
                Expect("true");
                return SchemaJson.ForLiteral(SchemaJsonKind.True, line, column);
            case 'f':
                Expect("false");
                return SchemaJson.ForLiteral(SchemaJsonKind.False, line, column);
            case 'n':
                Expect("null");
                return SchemaJson.ForLiteral(SchemaJsonKind.Null, line, column);
            default:
                return SchemaJson.ForNumber(ReadNumber(), line, column);
        }
    }

    private SchemaJson Nested(System.Func<SchemaJson> read)
    {
        if (++_depth > DeepestNesting)
        {
            throw Error($"JSON is nested deeper than {DeepestNesting} levels");
        }

        SchemaJson node = read();
        _depth--;
        return node;
    }

    private List<KeyValuePair<string, SchemaJson>> ReadMembers()
    {
        var members = new List<KeyValuePair<string, SchemaJson>>();
        var names = new HashSet<string>();
        _at++;
        SkipBlanks();
        if (Accept('}'))
        {
            return members;
        }

        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length || _text[_at] != '"')
            {
                throw Error("A member's name is expected");
            }

            string name = ReadString();
            if (!names.Add(name))
            {
                throw Error($"Member '{name}' is given twice");
            }

            SkipBlanks();
            if (!Accept(':'))
            {
                throw Error("':' is expected");
            }

            members.Add(new KeyValuePair<string, SchemaJson>(name, ReadValue()));
            SkipBlanks();
            if (Accept('}'))
            {
                return members;
            }

            if (!Accept(','))
            {
                throw Error("',' or '}' is expected");
            }
        }
    }

    private List<SchemaJson> ReadItems()
    {
        var items = new List<SchemaJson>();
        _at++;
        SkipBlanks();
        if (Accept(']'))
        {
            return items;
        }

        while (true)
        {
            items.Add(ReadValue());
            SkipBlanks();
            if (Accept(']'))
            {
                return items;
            }

            if (!Accept(','))
            {
                throw Error("',' or ']' is expected");
            }
        }
    }

    private string ReadString()
    {
        var text = new StringBuilder();
        _at++;
        while (true)
        {
            if (_at >= _text.Length || _text[_at] < ' ')
            {
                throw Error("A string is not closed");
            }

            char c = _text[_at++];
            if (c == '"')
            {
                return text.ToString();
            }

            text.Append(c == '\\' ? ReadEscape() : c);
        }
    }

    private char ReadEscape()
    {
        if (_at >= _text.Length)
        {
            throw Error("A string is not closed");
        }

        char c = _text[_at++];
        switch (c)
        {
            case '"':
            case '\\':
            case '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                return ReadCodeUnit();
            default:
                throw Error($"'\\{c}' is no escape");
        }
    }

    private char ReadCodeUnit()
    {
        int code = 0;
        for (int end = _at + 4; _at < end; _at++)
        {
            int digit = _at < _text.Length ? HexDigit(_text[_at]) : -1;
            if (digit < 0)
            {
                throw Error("\\u wants four hex digits");
            }

            code = (code * 16) + digit;
        }

        return (char)code;
    }

    private static int HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private string ReadNumber()
    {
        int begin = _at;
        while (_at < _text.Length && (char.IsDigit(_text[_at]) || _text[_at] is '-' or '+' or '.' or 'e' or 'E'))
        {
            _at++;
        }

        string text = _text.Substring(begin, _at - begin);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? text
            : throw Error("A JSON value is expected");
    }

    private void Expect(string literal)
    {
        if (string.CompareOrdinal(_text, _at, literal, 0, literal.Length) != 0)
        {
            throw Error("A JSON value is expected");
        }

        _at += literal.Length;
    }

    private bool Accept(char c)
    {
        if (_at < _text.Length && _text[_at] == c)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            if (_text[_at] == '\n')
            {
                _line++;
                _lineStart = _at + 1;
            }

            _at++;
            if (_at >= _text.Length)
            {
                return;
            }
        }
    }

    private AvroSchemaException Error(string message) => new(message, _line, Column);
}
