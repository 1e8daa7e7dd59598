using AuditIntel.Avro;
using AuditIntel.Collectors.Chain.Values;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>A block's header while its JSON is read.</summary>
internal sealed class BlockDraft
{
    private long? _number;
    private string? _hash;
    private string? _parentHash;
    private long? _timestamp;
    private string? _miner;
    private long? _gasLimit;
    private long? _gasUsed;
    private AvroDecimal? _baseFee;
    private long? _size;

    public int TransactionCount { get; set; }

    /// <exception cref="ChainFormatException">The text is no value of the field.</exception>
    public void Set(BlockField field, string name, ReadOnlySpan<byte> text)
    {
        switch (field)
        {
            case BlockField.Number: _number = ChainField.Long(text, name); break;
            case BlockField.Hash: _hash = ChainField.Hash(text, name); break;
            case BlockField.ParentHash: _parentHash = ChainField.Hash(text, name); break;
            case BlockField.Timestamp: _timestamp = JsonTimestamp.Seconds(text, name); break;
            case BlockField.Miner: _miner = ChainField.OptionalAddress(text, name); break;
            case BlockField.GasLimit: _gasLimit = ChainField.Long(text, name); break;
            case BlockField.GasUsed: _gasUsed = ChainField.Long(text, name); break;
            case BlockField.BaseFeePerGas: _baseFee = ChainField.Wei(text, name); break;
            case BlockField.Size: _size = ChainField.Long(text, name); break;
            case BlockField.TransactionCount: TransactionCount = ChainField.Int(text, name); break;
            default: throw new InvalidOperationException($"Field {field} is no value of a block.");
        }
    }

    /// <exception cref="ChainFormatException">A field that every mined block has is missing, or its time lies in the future.</exception>
    public ChainBlock ToBlock(long chainId, DateTimeOffset now, TimeSpan futureTolerance) => new()
    {
        ChainId = chainId,
        Number = _number ?? Required<long>("number"),
        Hash = _hash ?? Required<string>("hash"),
        ParentHash = _parentHash ?? Required<string>("parentHash"),
        Timestamp = ChainField.Timestamp(_timestamp ?? Required<long>("timestamp"), now + futureTolerance),
        Miner = _miner,
        GasLimit = _gasLimit,
        GasUsed = _gasUsed,
        BaseFeePerGas = _baseFee,
        SizeBytes = _size,
        TransactionCount = TransactionCount,
        CollectedAt = now,
    };

    private static T Required<T>(string field)
    {
        ChainField.Missing(field);
        return default!;
    }
}
