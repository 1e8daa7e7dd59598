namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>Why a node gave no good answer: what decides what to do next.</summary>
internal enum NodeErrorKind
{
    /// <summary>No connection, a broken one, no answer in time, or an HTTP status that says so.</summary>
    Unreachable,

    /// <summary>Asked too often; the node may say when to come back.</summary>
    RateLimited,

    /// <summary>Asked for too much at once: smaller requests may pass.</summary>
    TooLarge,

    /// <summary>The node does not know the method.</summary>
    MethodMissing,

    /// <summary>The answer is no JSON-RPC, or contradicts itself.</summary>
    Malformed,

    /// <summary>Something that should be there is not yet: nodes behind one address differ.</summary>
    NotThere,

    /// <summary>The node serves another chain.</summary>
    WrongChain,

    /// <summary>The node refuses for another reason, such as a missing API key.</summary>
    Refused,
}
