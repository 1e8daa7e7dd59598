using System.Reflection;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>Groups of words that tell classes apart, from the table cues.txt of this assembly. Safe for concurrent use.</summary>
internal sealed class CueTable
{
    private readonly TermMatcher _matcher;
    private readonly int[] _cueOf;

    private CueTable(IReadOnlyList<string> names, IReadOnlyList<(string Term, int Cue)> terms)
    {
        Names = names;
        _matcher = new TermMatcher([.. terms.Select(term => term.Term)]);
        _cueOf = [.. terms.Select(term => term.Cue)];
        OfClasses = [.. Enumerable.Range(0, names.Count).Where(cue => names[cue].StartsWith("class ", StringComparison.Ordinal))];
    }

    public static CueTable Default { get; } = Load();

    public IReadOnlyList<string> Names { get; }

    /// <value>Places of the cues that are evidence for a class of Web3Bugs by themselves.</value>
    public IReadOnlyList<int> OfClasses { get; }

    /// <exception cref="FormatException">A line is malformed; the message names it.</exception>
    public static CueTable Parse(string text)
    {
        var names = new List<string>();
        var terms = new List<(string, int)>();
        int number = 0;
        foreach (string line in text.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string[] found = colon > 0 ? line[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
            if (found.Length == 0)
            {
                throw new FormatException($"Cues, line {number}: a line is 'name: term; term'.");
            }

            terms.AddRange(found.Select(term => (term, names.Count)));
            names.Add(line[..colon].Trim());
        }

        return new CueTable(names, terms);
    }

    /// <summary>How often each cue occurs.</summary>
    /// <param name="text">In lower case.</param>
    public int[] Count(ReadOnlySpan<char> text)
    {
        int[] counts = new int[Names.Count];
        _matcher.Find(text, term => counts[_cueOf[term]]++);
        return counts;
    }

    private static CueTable Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("cues.txt")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
