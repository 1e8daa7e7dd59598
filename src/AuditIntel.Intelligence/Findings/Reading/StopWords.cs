using System.Collections.Frozen;

namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>Words that tell nothing of a finding, English and of the forms that platforms hand out.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<uint> Hashes = ("""
        a an and are as at be been being but by can could did do does doing for from had has have having he her here him his how i if in into is it its
        itself just like may me might more most my no nor not now of on once only or other our out over own same she should so some such than that the
        their them then there these they this those through to too under until up very was we were what when where which while who whom why will with
        would you your also because however therefore since thus which within without via etc ie eg
        manual review tool used code snippet summary vulnerability detail details impact recommendation recommended mitigation steps proof concept
        sol solidity github com https http blob main master sherlock audit
        """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => TermHash.OfFolded(Stemmer.Stem(word))).ToFrozenSet();

    public static bool Contains(uint stemHash) => Hashes.Contains(stemHash);
}
