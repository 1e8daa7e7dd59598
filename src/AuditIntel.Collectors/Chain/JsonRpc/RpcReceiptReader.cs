using System.Text.Json;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>Reads receipts: one (eth_getTransactionReceipt) or those of a block (eth_getBlockReceipts).</summary>
internal static class RpcReceiptReader
{
    /// <summary>Adds the receipts of an answer's result; null ones are left out.</summary>
    /// <exception cref="ChainFormatException">The result is no receipt and no list of them.</exception>
    public static void Read(ReadOnlySpan<byte> result, Dictionary<string, RpcReceipt> receipts)
    {
        var draft = new TransactionDraft();
        Utf8JsonReader reader = JsonScalar.Reader(result);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                ReadOne(ref reader, draft, receipts);
                return;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                ReadOne(ref reader, draft, receipts);
            }
        }
        catch (JsonException e)
        {
            throw new ChainFormatException(ChainError.MalformedJson, $"The receipts are no JSON: {e.Message}");
        }
    }

    private static void ReadOne(ref Utf8JsonReader reader, TransactionDraft draft, Dictionary<string, RpcReceipt> receipts)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ChainFormatException(ChainError.MalformedJson, "A receipt is no object.");
        }

        draft.Clear();
        int next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool known = RpcTransactionNames.Receipt.TryFind(reader.ValueSpan, ref next, out TransactionField field);
            reader.Read();
            if (!known)
            {
                reader.Skip();
            }
            else if (field == TransactionField.Logs)
            {
                draft.LogCount = CountItems(ref reader);
            }
            else if (JsonScalar.TryText(ref reader, field.ToString(), out ReadOnlySpan<byte> text))
            {
                draft.Set(field, field.ToString(), text);
            }
        }

        RpcReceipt receipt = draft.ToReceipt();
        receipts[receipt.TransactionHash] = receipt;
    }

    private static int? CountItems(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}
