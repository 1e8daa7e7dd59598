namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>
/// Takes the commonest English endings off a word, so that "updated", "updates" and "updating" are one term. Cruder than Porter's stemmer (1980); it
/// is deterministic and allocates nothing.
/// </summary>
internal static class Stemmer
{
    private static readonly string[] Endings = ["ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "able", "ers", "er", "ies", "ed", "es", "ly", "s", "e", "y"];

    /// <summary>The part of a word that is kept: at least four characters.</summary>
    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> word)
    {
        if (word.EndsWith("ss", StringComparison.OrdinalIgnoreCase))
        {
            return word;
        }

        foreach (string ending in Endings)
        {
            if (word.Length >= ending.Length + 4 && word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }
}
