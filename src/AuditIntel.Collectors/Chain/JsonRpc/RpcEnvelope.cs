using System.Text.Json;
using AuditIntel.Collectors.Chain.Values;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>Takes JSON-RPC 2.0 answers apart, one or a batch of them; results stay bytes.</summary>
internal static class RpcEnvelope
{
    private const int LongestMessage = 500;

    /// <exception cref="ChainFormatException">The body is no JSON-RPC answer.</exception>
    public static IReadOnlyList<RpcAnswer> Read(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
        {
            body = body["\uFEFF"u8.Length..];
        }

        var answers = new List<RpcAnswer>();
        try
        {
            Utf8JsonReader reader = JsonScalar.Reader(body.Span);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    answers.Add(ReadOne(ref reader, body));
                }
            }
            else
            {
                answers.Add(ReadOne(ref reader, body));
            }

            // Whatever stands behind the answer makes the whole of it doubtful.
            reader.Read();
            return answers;
        }
        catch (JsonException e)
        {
            throw new ChainFormatException(ChainError.MalformedJson, $"The answer is no JSON: {e.Message}");
        }
    }

    private static RpcAnswer ReadOne(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ChainFormatException(ChainError.MalformedJson, "The answer is no object.");
        }

        long id = -1;
        ReadOnlyMemory<byte> result = default;
        RpcError? error = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = JsonScalar.Is(ref reader, "id"u8);
            bool isResult = JsonScalar.Is(ref reader, "result"u8);
            bool isError = JsonScalar.Is(ref reader, "error"u8);
            reader.Read();
            if (isId && reader.TokenType is JsonTokenType.Number or JsonTokenType.String)
            {
                if (ChainNumber.ReadLong(reader.ValueSpan, out long number) == NumberFault.None)
                {
                    id = number;
                }
            }
            else if (isResult)
            {
                int begin = (int)reader.TokenStartIndex;
                reader.Skip();
                result = body[begin..(int)reader.BytesConsumed];
            }
            else if (isError && reader.TokenType != JsonTokenType.Null)
            {
                error = ReadError(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return result.IsEmpty && error is null
            ? throw new ChainFormatException(ChainError.MalformedJson, "The answer has neither result nor error.")
            : new RpcAnswer(id, result, error);
    }

    private static RpcError ReadError(ref Utf8JsonReader reader)
    {
        long code = 0;
        string message = "";
        if (reader.TokenType == JsonTokenType.String)
        {
            return new RpcError(0, Cut(JsonScalar.Text(ref reader)));
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new RpcError(0, "");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = JsonScalar.Is(ref reader, "code"u8);
            bool isMessage = JsonScalar.Is(ref reader, "message"u8);
            reader.Read();
            if (isCode && reader.TokenType == JsonTokenType.Number)
            {
                reader.TryGetInt64(out code);
            }
            else if (isMessage && reader.TokenType == JsonTokenType.String)
            {
                message = Cut(JsonScalar.Text(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return new RpcError(code, message);
    }

    private static string Cut(string text) => text.Length > LongestMessage ? text[..LongestMessage] : text;
}
