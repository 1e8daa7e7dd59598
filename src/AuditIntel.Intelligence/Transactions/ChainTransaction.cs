namespace AuditIntel.Intelligence.Transactions;

/// <summary>
/// What the features need to know of a transaction. A plain value that is passed by <c>in</c> and holds no reference but its hash; whoever has
/// an Avro record, a CSV row or a JSON answer maps it onto this. Exact amounts in wei stay with the record: features need a double's 15 digits.
/// </summary>
public readonly record struct ChainTransaction
{
    public required long ChainId { get; init; }

    public required long BlockNumber { get; init; }

    /// <summary>Time of the block, seconds since 1970 UTC.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Lower-case 0x string; for messages only.</summary>
    public required string Hash { get; init; }

    public required AccountAddress From { get; init; }

    /// <summary>Receiver; for a creation the created contract if the record tells it, else none.</summary>
    public required AccountAddress To { get; init; }

    /// <summary>Transactions that the sender sent before.</summary>
    public required long Nonce { get; init; }

    /// <summary>Position in the block.</summary>
    public int Index { get; init; }

    /// <summary>Value in ether (wei / 1e18), not negative.</summary>
    public required double ValueEther { get; init; }

    /// <summary>Gas limit.</summary>
    public required long Gas { get; init; }

    /// <summary>Price of a unit of gas in gwei (wei / 1e9), not negative; after EIP-1559 the effective price.</summary>
    public required double GasPriceGwei { get; init; }

    /// <summary>Gas used by the receipt; 0 where the receipt is unknown.</summary>
    public required long GasUsed { get; init; }

    /// <summary>Whether the receipt says that it failed.</summary>
    public bool IsError { get; init; }

    public bool CreatesContract { get; init; }

    /// <summary>Bytes of input data.</summary>
    public required int InputLength { get; init; }

    /// <summary>First four bytes of the input, big-endian; 0 where it has fewer.</summary>
    public uint Selector { get; init; }

    /// <summary>Whether a person would call the value round: not zero and a whole multiple of 0.01 ether.</summary>
    public bool IsRound => ValueEther > 0 && Math.Round(ValueEther * 100) / 100 == ValueEther;
}
