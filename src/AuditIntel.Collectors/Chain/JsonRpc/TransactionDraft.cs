using System.Globalization;
using AuditIntel.Avro;
using AuditIntel.Collectors.Chain.Values;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>A transaction while its JSON is read, and the facts of a receipt alike: set field by field, then made a record. Used again and again.</summary>
internal sealed class TransactionDraft
{
    private byte[] _head = [];
    private int _inputLength;
    private bool _hasValue;
    private AvroDecimal _value;

    public string? Hash { get; private set; }

    public long? ChainId { get; private set; }

    public long? BlockNumber { get; private set; }

    public string? BlockHash { get; private set; }

    public long? Timestamp { get; private set; }

    public int? Index { get; private set; }

    public string? From { get; private set; }

    public string? To { get; private set; }

    public long? Nonce { get; private set; }

    public long? GasLimit { get; private set; }

    public AvroDecimal? GasPrice { get; private set; }

    public AvroDecimal? MaxFeePerGas { get; private set; }

    public AvroDecimal? MaxPriorityFeePerGas { get; private set; }

    public int? Type { get; private set; }

    public TransactionStatus Status { get; private set; }

    public long? GasUsed { get; private set; }

    public long? CumulativeGasUsed { get; private set; }

    public AvroDecimal? EffectiveGasPrice { get; private set; }

    public string? CreatedContract { get; private set; }

    public int? LogCount { get; set; }

    public void Clear()
    {
        (Hash, ChainId, BlockNumber, BlockHash, Timestamp, Index) = (null, null, null, null, null, null);
        (From, To, Nonce, GasLimit, Type, CreatedContract) = (null, null, null, null, null, null);
        (GasPrice, MaxFeePerGas, MaxPriorityFeePerGas, EffectiveGasPrice) = (null, null, null, null);
        (Status, GasUsed, CumulativeGasUsed, LogCount) = (TransactionStatus.Unknown, null, null, null);
        (_head, _inputLength, _hasValue, _value) = ([], 0, false, default);
    }

    /// <exception cref="ChainFormatException">The text is no value of the field.</exception>
    public void Set(TransactionField field, string name, ReadOnlySpan<byte> text)
    {
        switch (field)
        {
            case TransactionField.Hash: Hash = ChainField.Hash(text, name); break;
            case TransactionField.ChainId: ChainId = ChainField.Long(text, name); break;
            case TransactionField.BlockNumber: BlockNumber = ChainField.Long(text, name); break;
            case TransactionField.BlockHash: BlockHash = ChainField.Hash(text, name); break;
            case TransactionField.BlockTimestamp: Timestamp = JsonTimestamp.Seconds(text, name); break;
            case TransactionField.Index: Index = ChainField.Int(text, name); break;
            case TransactionField.From: From = ChainField.Address(text, name); break;
            case TransactionField.To: To = ChainField.OptionalAddress(text, name); break;
            case TransactionField.Nonce: Nonce = ChainField.Long(text, name); break;
            case TransactionField.Value: (_value, _hasValue) = (ChainField.Wei(text, name), true); break;
            case TransactionField.GasLimit: GasLimit = ChainField.Long(text, name); break;
            case TransactionField.GasPrice: GasPrice = ChainField.Wei(text, name); break;
            case TransactionField.MaxFeePerGas: MaxFeePerGas = ChainField.Wei(text, name); break;
            case TransactionField.MaxPriorityFeePerGas: MaxPriorityFeePerGas = ChainField.Wei(text, name); break;
            case TransactionField.Type: Type = ChainField.Int(text, name); break;
            case TransactionField.Input: _head = ChainField.Data(text, name, out _inputLength); break;
            case TransactionField.Status: Status = ReadStatus(text, name); break;
            case TransactionField.GasUsed: GasUsed = ChainField.Long(text, name); break;
            case TransactionField.CumulativeGasUsed: CumulativeGasUsed = ChainField.Long(text, name); break;
            case TransactionField.EffectiveGasPrice: EffectiveGasPrice = ChainField.Wei(text, name); break;
            case TransactionField.CreatedContract: CreatedContract = ChainField.OptionalAddress(text, name); break;
            case TransactionField.Logs: LogCount = ChainField.Int(text, name); break;
            default: throw new InvalidOperationException($"Field {field} is no value of a transaction.");
        }
    }

    /// <summary>Takes over what a receipt adds.</summary>
    public void Add(RpcReceipt receipt)
    {
        Status = receipt.Status;
        GasUsed = receipt.GasUsed;
        CumulativeGasUsed = receipt.CumulativeGasUsed;
        EffectiveGasPrice = receipt.EffectiveGasPrice;
        CreatedContract = receipt.CreatedContract;
        LogCount = receipt.LogCount;
    }

    public RpcReceipt ToReceipt() => new(
        Hash ?? Required<string>("transactionHash"), BlockHash, Status, GasUsed, CumulativeGasUsed, EffectiveGasPrice, CreatedContract, LogCount);

    /// <exception cref="ChainFormatException">A field that every mined transaction has is missing, or the chain is another one.</exception>
    public ChainTransaction ToTransaction(long chainId, DateTimeOffset timestamp, DateTimeOffset collectedAt)
    {
        if (ChainId is { } stated && stated != chainId)
        {
            throw new ChainFormatException(ChainError.WrongChain, string.Create(
                CultureInfo.InvariantCulture, $"The transaction is of chain {stated} where chain {chainId} is collected; say the right chain."));
        }

        return new ChainTransaction
        {
            ChainId = chainId,
            Hash = Hash ?? Required<string>("hash"),
            BlockNumber = BlockNumber ?? Required<long>("blockNumber"),
            BlockHash = BlockHash,
            TransactionIndex = Index ?? Required<int>("transactionIndex"),
            Timestamp = timestamp,
            From = From ?? Required<string>("from"),
            To = To,
            CreatedContract = CreatedContract,
            Nonce = Nonce ?? Required<long>("nonce"),
            Value = _hasValue ? _value : Required<AvroDecimal>("value"),
            GasLimit = GasLimit ?? Required<long>("gas"),
            GasPrice = GasPrice,
            MaxFeePerGas = MaxFeePerGas,
            MaxPriorityFeePerGas = MaxPriorityFeePerGas,
            EffectiveGasPrice = EffectiveGasPrice,
            GasUsed = GasUsed,
            CumulativeGasUsed = CumulativeGasUsed,
            Status = Status,
            Type = Type,
            InputLength = _inputLength,
            InputHead = _head,
            LogCount = LogCount,
            CollectedAt = collectedAt,
        };
    }

    /// <summary>The block's own place of the transaction, where it does not state one itself.</summary>
    public void Place(ChainBlock block, int position)
    {
        if ((BlockHash is not null && BlockHash != block.Hash) || (BlockNumber is { } number && number != block.Number))
        {
            throw new ChainFormatException(ChainError.InconsistentBlock, string.Create(
                CultureInfo.InvariantCulture, $"The transaction names block {BlockNumber} {BlockHash} where it stands in block {block.Number} {block.Hash}."));
        }

        BlockHash = block.Hash;
        BlockNumber = block.Number;
        Index ??= position;
    }

    private static T Required<T>(string field)
    {
        ChainField.Missing(field);
        return default!;
    }

    private static TransactionStatus ReadStatus(ReadOnlySpan<byte> text, string name) => ChainField.Long(text, name) switch
    {
        0 => TransactionStatus.Failed,
        1 => TransactionStatus.Succeeded,
        var other => throw new ChainFormatException(
            ChainError.NumberOutOfRange, string.Create(CultureInfo.InvariantCulture, $"Field {name} is neither 0 nor 1: '{other}'.")),
    };
}
