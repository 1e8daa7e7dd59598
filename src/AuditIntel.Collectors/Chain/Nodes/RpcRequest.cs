using System.Buffers;
using System.Text.Json;

namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>Bodies of requests: a single call as an object, since some nodes refuse lists, several as a list; ids count from 1.</summary>
internal static class RpcRequest
{
    public static ReadOnlyMemory<byte> Write(ReadOnlySpan<RpcCall> calls)
    {
        var body = new ArrayBufferWriter<byte>(128 * calls.Length);
        using var json = new Utf8JsonWriter(body);
        if (calls.Length == 1)
        {
            Write(json, calls[0], 1);
        }
        else
        {
            json.WriteStartArray();
            for (int i = 0; i < calls.Length; i++)
            {
                Write(json, calls[i], i + 1);
            }

            json.WriteEndArray();
        }

        json.Flush();
        return body.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, RpcCall call, int id)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteNumber("id", id);
        json.WriteString("method", call.Method);
        json.WriteStartArray("params");
        foreach (object parameter in call.Parameters)
        {
            if (parameter is bool flag)
            {
                json.WriteBooleanValue(flag);
            }
            else
            {
                json.WriteStringValue((string)parameter);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
