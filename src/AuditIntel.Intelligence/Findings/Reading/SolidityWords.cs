using System.Collections.Frozen;

namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>Words of the language itself, which name nothing in a project.</summary>
internal static class SolidityWords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "abstract", "address", "anonymous", "assembly", "assert", "bool", "break", "bytes", "bytes4", "bytes32", "calldata", "case", "catch", "constant",
        "constructor", "continue", "contract", "default", "delete", "do", "else", "emit", "enum", "error", "event", "external", "fallback", "false", "final",
        "for", "from", "function", "if", "immutable", "import", "indexed", "int", "int128", "int24", "int256", "interface", "internal", "is", "let",
        "library", "mapping", "memory", "modifier", "msg", "new", "override", "payable", "pragma", "private", "public", "pure", "receive", "require",
        "return", "returns", "revert", "sender", "solidity", "storage", "string", "struct", "super", "switch", "this", "throw", "true", "try", "type",
        "uint", "uint112", "uint128", "uint16", "uint160", "uint24", "uint256", "uint32", "uint64", "uint8", "uint96", "unchecked", "using", "value", "view",
        "virtual", "while", "amount", "balance", "block", "timestamp", "the", "and", "not",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => Lookup.Contains(word);
}
