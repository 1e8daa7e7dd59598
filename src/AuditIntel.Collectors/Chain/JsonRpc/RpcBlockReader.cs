using System.Globalization;
using System.Text.Json;
using AuditIntel.Collectors.Chain.Values;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>Reads blocks (eth_getBlockByNumber). A transaction that cannot be taken is refused alone; without a good header the whole block is.</summary>
internal static class RpcBlockReader
{
    private static readonly FieldNames<BlockField> Names = new(
        ("baseFeePerGas", BlockField.BaseFeePerGas),
        ("gasLimit", BlockField.GasLimit),
        ("gasUsed", BlockField.GasUsed),
        ("hash", BlockField.Hash),
        ("miner", BlockField.Miner),
        ("number", BlockField.Number),
        ("parentHash", BlockField.ParentHash),
        ("size", BlockField.Size),
        ("timestamp", BlockField.Timestamp),
        ("transactions", BlockField.Transactions));

    /// <param name="result">The answer's result, a block object.</param>
    /// <param name="receipts">By transaction hash; those of other blocks are not used.</param>
    /// <param name="chainId">The chain that is collected.</param>
    /// <param name="now">When the answer was read.</param>
    /// <param name="futureTolerance">How far the block's time may lie ahead of that.</param>
    /// <exception cref="ChainFormatException">The header cannot be taken.</exception>
    public static RpcBlock Read(
        ReadOnlySpan<byte> result, IReadOnlyDictionary<string, RpcReceipt> receipts, long chainId, DateTimeOffset now, TimeSpan futureTolerance)
    {
        try
        {
            ChainBlock header = ReadHeader(result, out ReadOnlySpan<byte> transactions).ToBlock(chainId, now, futureTolerance);
            var block = new RpcBlock(header);
            ReadTransactions(transactions, block, receipts);
            return block;
        }
        catch (JsonException e)
        {
            throw new ChainFormatException(ChainError.MalformedJson, $"The block is no JSON: {e.Message}");
        }
    }

    /// <summary>Number, hash and hashes of the transactions alone.</summary>
    /// <exception cref="ChainFormatException">It is no block.</exception>
    public static (string Hash, IReadOnlyList<string> Transactions) ReadHashes(ReadOnlySpan<byte> result)
    {
        try
        {
            Utf8JsonReader block = JsonScalar.Reader(result);
            string? hash = null;
            var hashes = new List<string>();
            for (block.Read(); block.Read() && block.TokenType == JsonTokenType.PropertyName;)
            {
                bool isHash = JsonScalar.Is(ref block, "hash"u8);
                bool isList = JsonScalar.Is(ref block, "transactions"u8);
                block.Read();
                if (isHash && block.TokenType == JsonTokenType.String)
                {
                    hash = ChainField.Hash(block.ValueSpan, "hash");
                }
                else if (isList && block.TokenType == JsonTokenType.StartArray)
                {
                    AddHashes(ref block, hashes);
                }
                else
                {
                    block.Skip();
                }
            }

            return (hash ?? throw new ChainFormatException(ChainError.MissingField, "Field hash is missing."), hashes);
        }
        catch (JsonException e)
        {
            throw new ChainFormatException(ChainError.MalformedJson, $"The block is no JSON: {e.Message}");
        }
    }

    private static void AddHashes(ref Utf8JsonReader reader, List<string> hashes)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isHash = JsonScalar.Is(ref reader, "hash"u8);
                reader.Read();
                if (isHash && reader.TokenType == JsonTokenType.String && ChainHex.TryRead(reader.ValueSpan, ChainHex.HashLength, out string? hash))
                {
                    hashes.Add(hash);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static BlockDraft ReadHeader(ReadOnlySpan<byte> result, out ReadOnlySpan<byte> transactions)
    {
        var draft = new BlockDraft();
        transactions = default;
        Utf8JsonReader reader = JsonScalar.Reader(result);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ChainFormatException(ChainError.MalformedJson, "The block is no object.");
        }

        int next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool known = Names.TryFind(reader.ValueSpan, ref next, out BlockField field);
            reader.Read();
            if (!known)
            {
                reader.Skip();
            }
            else if (field == BlockField.Transactions)
            {
                transactions = JsonScalar.Slice(ref reader, result);
                draft.TransactionCount = Count(transactions);
            }
            else if (JsonScalar.TryText(ref reader, field.ToString(), out ReadOnlySpan<byte> text))
            {
                draft.Set(field, field.ToString(), text);
            }
        }

        return draft;
    }

    private static int Count(ReadOnlySpan<byte> transactions)
    {
        Utf8JsonReader reader = JsonScalar.Reader(transactions);
        int count = 0;
        if (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
            {
                reader.Skip();
            }
        }

        return count;
    }

    private static void ReadTransactions(ReadOnlySpan<byte> transactions, RpcBlock block, IReadOnlyDictionary<string, RpcReceipt> receipts)
    {
        if (transactions.IsEmpty)
        {
            return;
        }

        var draft = new TransactionDraft();
        var hashes = new HashSet<string>();
        Utf8JsonReader reader = JsonScalar.Reader(transactions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new ChainFormatException(ChainError.MalformedJson, "Field transactions is no list.");
        }

        for (int position = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position++)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                // The block was asked for without transactions: these are only hashes.
                continue;
            }

            ReadOnlySpan<byte> bytes = JsonScalar.Slice(ref reader, transactions);
            try
            {
                ChainTransaction transaction = ReadTransaction(bytes, draft, block, receipts, position);
                if (!hashes.Add(transaction.Hash))
                {
                    throw new ChainFormatException(ChainError.InconsistentBlock, $"The block holds transaction {transaction.Hash} twice.");
                }

                block.Transactions.Add(transaction);
            }
            catch (ChainFormatException e)
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"block {block.Header.Number} {block.Header.Hash}, transaction {position}");
                block.Refused.Add(new RefusedPiece(place, e.ErrorClass, e.Message, bytes.ToArray()));
            }
        }
    }

    private static ChainTransaction ReadTransaction(
        ReadOnlySpan<byte> json, TransactionDraft draft, RpcBlock block, IReadOnlyDictionary<string, RpcReceipt> receipts, int position)
    {
        draft.Clear();
        Utf8JsonReader reader = JsonScalar.Reader(json);
        reader.Read();
        int next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool known = RpcTransactionNames.Transaction.TryFind(reader.ValueSpan, ref next, out TransactionField field);
            reader.Read();
            if (!known)
            {
                reader.Skip();
            }
            else if (JsonScalar.TryText(ref reader, field.ToString(), out ReadOnlySpan<byte> text))
            {
                draft.Set(field, field.ToString(), text);
            }
        }

        draft.Place(block.Header, position);
        if (draft.Hash is { } hash && receipts.TryGetValue(hash, out RpcReceipt? receipt) && (receipt.BlockHash is null || receipt.BlockHash == block.Header.Hash))
        {
            draft.Add(receipt);
        }
        else
        {
            block.WithoutReceipt++;
        }

        return draft.ToTransaction(block.Header.ChainId, block.Header.Timestamp, block.Header.CollectedAt);
    }
}
