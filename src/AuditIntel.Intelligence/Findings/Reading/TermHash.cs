namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>Terms as 32-bit numbers (FNV-1a), so that a history of a million findings keeps no vocabulary.</summary>
internal static class TermHash
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Of ASCII text without regard to case; other characters by their code.</summary>
    public static uint OfFolded(ReadOnlySpan<char> text)
    {
        uint hash = Offset;
        foreach (char c in text)
        {
            hash = (hash ^ (c is >= 'A' and <= 'Z' ? (uint)(c | 0x20) : c)) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>Of two terms in their order.</summary>
    public static uint Of(uint first, uint second) => Mix((first * 0x9E3779B1) ^ (second + 0x7F4A7C15));

    // FNV's low bits are weak for short words, and tables take the low bits.
    private static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
