using System.Text.Json;
using AuditIntel.Collectors.Chain.JsonRpc;

namespace AuditIntel.Collectors.Chain.Files;

/// <summary>Reads lines of ethereum-etl's streams: one JSON object a line, told apart by <c>type</c>, or by its fields where an export has none.</summary>
internal sealed class EthereumEtlReader(ChainFileOptions options)
{
    private const string TransactionKind = "transaction";
    private const string BlockKind = "block";
    private const string OtherKind = "other";

    private static readonly FieldNames<TransactionField> Transaction = new(
        ("type", TransactionField.Kind),
        ("hash", TransactionField.Hash),
        ("nonce", TransactionField.Nonce),
        ("transaction_index", TransactionField.Index),
        ("from_address", TransactionField.From),
        ("to_address", TransactionField.To),
        ("value", TransactionField.Value),
        ("gas", TransactionField.GasLimit),
        ("gas_price", TransactionField.GasPrice),
        ("input", TransactionField.Input),
        ("block_timestamp", TransactionField.BlockTimestamp),
        ("block_number", TransactionField.BlockNumber),
        ("block_hash", TransactionField.BlockHash),
        ("max_fee_per_gas", TransactionField.MaxFeePerGas),
        ("max_priority_fee_per_gas", TransactionField.MaxPriorityFeePerGas),
        ("transaction_type", TransactionField.Type),
        ("receipt_cumulative_gas_used", TransactionField.CumulativeGasUsed),
        ("receipt_gas_used", TransactionField.GasUsed),
        ("receipt_contract_address", TransactionField.CreatedContract),
        ("receipt_status", TransactionField.Status),
        ("receipt_effective_gas_price", TransactionField.EffectiveGasPrice),
        ("chain_id", TransactionField.ChainId));

    private static readonly FieldNames<BlockField> Block = new(
        ("type", BlockField.Kind),
        ("number", BlockField.Number),
        ("hash", BlockField.Hash),
        ("parent_hash", BlockField.ParentHash),
        ("miner", BlockField.Miner),
        ("size", BlockField.Size),
        ("gas_limit", BlockField.GasLimit),
        ("gas_used", BlockField.GasUsed),
        ("timestamp", BlockField.Timestamp),
        ("transaction_count", BlockField.TransactionCount),
        ("base_fee_per_gas", BlockField.BaseFeePerGas));

    private readonly TransactionDraft _draft = new();

    /// <summary>True for the first line of such a stream.</summary>
    public static bool Recognises(ReadOnlySpan<byte> line) =>
        line.StartsWith("{"u8)
        && line.IndexOf("\"jsonrpc\""u8) < 0
        && (line.IndexOf("\"from_address\""u8) >= 0
            || line.IndexOf("\"parent_hash\""u8) >= 0
            || line.IndexOf("\"transaction_hash\""u8) >= 0
            || line.IndexOf("\"item_id\""u8) >= 0);

    /// <returns>Null for lines of other kinds: logs, token transfers, traces, contracts.</returns>
    /// <exception cref="ChainFormatException">The line is no object, or none that can be taken.</exception>
    public ChainCollected? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return Kind(line) switch
            {
                TransactionKind => new ChainCollected.OfTransaction(ParseTransaction(line)),
                BlockKind => new ChainCollected.OfBlock(ParseBlock(line)),
                _ => null,
            };
        }
        catch (JsonException e)
        {
            throw new ChainFormatException(ChainError.MalformedJson, $"The line is no JSON: {e.Message}");
        }
    }

    /// <summary>What the line is of; reads it to its end, so that a broken one is refused whatever it is of.</summary>
    private static string Kind(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader reader = JsonScalar.Reader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ChainFormatException(ChainError.MalformedJson, "The line is no object.");
        }

        string? stated = null;
        (bool hasSender, bool hasGasPrice, bool hasParent) = (false, false, false);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            hasSender |= JsonScalar.Is(ref reader, "from_address"u8);
            hasGasPrice |= JsonScalar.Is(ref reader, "gas_price"u8);
            hasParent |= JsonScalar.Is(ref reader, "parent_hash"u8);
            if (JsonScalar.Is(ref reader, "type"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                stated = JsonScalar.Is(ref reader, "transaction"u8) ? TransactionKind : JsonScalar.Is(ref reader, "block"u8) ? BlockKind : OtherKind;
            }
        }

        // Exports of tables do not state it.
        return stated ?? (hasSender && hasGasPrice ? TransactionKind : hasParent ? BlockKind : OtherKind);
    }

    private Contracts.ChainTransaction ParseTransaction(ReadOnlySpan<byte> line)
    {
        _draft.Clear();
        Utf8JsonReader reader = JsonScalar.Reader(line);
        reader.Read();
        int next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool known = Transaction.TryFind(reader.ValueSpan, ref next, out TransactionField field);
            reader.Read();
            if (!known || field == TransactionField.Kind)
            {
                reader.Skip();
            }
            else if (JsonScalar.TryText(ref reader, field.ToString(), out ReadOnlySpan<byte> text))
            {
                _draft.Set(field, field.ToString(), text);
            }
        }

        DateTimeOffset now = options.Clock.GetUtcNow();
        long seconds = _draft.Timestamp ?? throw new ChainFormatException(ChainError.MissingField, "Field block_timestamp is missing.");
        return _draft.ToTransaction(options.ChainId, Values.ChainField.Timestamp(seconds, now + options.FutureTolerance), now);
    }

    private Contracts.ChainBlock ParseBlock(ReadOnlySpan<byte> line)
    {
        var draft = new BlockDraft();
        Utf8JsonReader reader = JsonScalar.Reader(line);
        reader.Read();
        int next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool known = Block.TryFind(reader.ValueSpan, ref next, out BlockField field);
            reader.Read();
            if (!known || field == BlockField.Kind)
            {
                reader.Skip();
            }
            else if (JsonScalar.TryText(ref reader, field.ToString(), out ReadOnlySpan<byte> text))
            {
                draft.Set(field, field.ToString(), text);
            }
        }

        return draft.ToBlock(options.ChainId, options.Clock.GetUtcNow(), options.FutureTolerance);
    }
}
