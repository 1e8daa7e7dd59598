namespace AuditIntel.Collectors.Chain;

/// <summary>How far the collection of a chain has come.</summary>
public sealed record ChainProgress
{
    /// <summary>Name of the cursor: <c>chain/1</c>, or <c>chain/1/100-200</c> for a range.</summary>
    public required string Source { get; init; }

    public required long ChainId { get; init; }

    /// <summary>First block of this collection, before any restart.</summary>
    public required long First { get; init; }

    /// <summary>The block that comes next.</summary>
    public required long Next { get; init; }

    /// <summary>Newest block that may be taken now.</summary>
    public required long Target { get; init; }

    /// <summary>Blocks taken since the start of this program.</summary>
    public required long Blocks { get; init; }

    public required long Transactions { get; init; }

    public required long DeadLetters { get; init; }

    public required long Reorganisations { get; init; }

    /// <summary>Transactions taken back.</summary>
    public required long Retracted { get; init; }

    public bool IsUpToDate => Next > Target;
}
