using System.Text;
using System.Text.Json;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>Values of JSON properties as the bytes of their text: providers write the same number as string or as number.</summary>
internal static class JsonScalar
{
    /// <summary>Deep enough for every answer of a node, and an end for hostile ones.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>The value that the reader stands on; false for null.</summary>
    /// <exception cref="ChainFormatException">It is an object or a list.</exception>
    public static bool TryText(scoped ref Utf8JsonReader reader, string field, out ReadOnlySpan<byte> text)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                // Hex and digits need no escapes; whoever writes them nevertheless gets them read.
                text = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Text(ref reader)) : reader.ValueSpan;
                return true;
            case JsonTokenType.Number:
            case JsonTokenType.True:
            case JsonTokenType.False:
                text = reader.ValueSpan;
                return true;
            case JsonTokenType.Null:
                text = default;
                return false;
            default:
                throw new ChainFormatException(ChainError.MalformedJson, $"Field {field} holds an object or a list where a value belongs.");
        }
    }

    /// <summary>The string that the reader stands on.</summary>
    /// <exception cref="ChainFormatException">It is no text: bytes that are no UTF-8, or half a surrogate pair.</exception>
    public static string Text(scoped ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new ChainFormatException(ChainError.MalformedJson, $"A string is no text: {e.Message}");
        }
    }

    /// <summary>True when the reader stands on exactly this name or string, written without escapes.</summary>
    public static bool Is(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> text) => !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(text);

    /// <summary>Passes over the value that the reader stands on and gives its bytes.</summary>
    public static ReadOnlySpan<byte> Slice(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        int begin = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[begin..(int)reader.BytesConsumed];
    }

    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json) => new(json, Options);
}
