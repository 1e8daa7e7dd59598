namespace AuditIntel.Intelligence.Taxonomy;

/// <summary>
/// Finds all terms in a text in one pass (Aho and Corasick 1975, with the goto function made total). A term counts only on word boundaries; one that
/// ends in * takes any ending of its last word.
/// </summary>
internal sealed class TermMatcher
{
    /// <summary>Terms are ASCII; any other character ends every match.</summary>
    private const int Alphabet = 128;

    private readonly List<int> _fail = [];
    private readonly List<List<int>> _found = [];
    private readonly int[] _lengths;
    private readonly bool[] _open;

    // All rows one behind the other, and of each state the nearest on its way of failures at which a term ends: what the walk over a text needs.
    private readonly int[] _next;
    private readonly int[] _ending;

    public TermMatcher(IReadOnlyList<string> terms)
    {
        _lengths = new int[terms.Count];
        _open = new bool[terms.Count];
        var rows = new List<int[]>();
        NewState(rows);
        for (int i = 0; i < terms.Count; i++)
        {
            Add(rows, terms[i], i);
        }

        _ending = new int[rows.Count];
        Complete(rows);
        _next = [.. rows.SelectMany(static row => row)];
    }

    /// <summary>Calls for each occurrence, with the number of the term. The text is taken as it is: fold it before.</summary>
    public void Find(ReadOnlySpan<char> text, Action<int> found)
    {
        int state = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            state = c < Alphabet ? _next[(state * Alphabet) + c] : 0;
            for (int at = _ending[state]; at != 0; at = _ending[_fail[at]])
            {
                foreach (int term in _found[at])
                {
                    int start = i - _lengths[term] + 1;
                    bool begins = start == 0 || !IsWord(text[start - 1]) || !IsWord(text[start]);
                    bool ends = _open[term] || i + 1 == text.Length || !IsWord(text[i + 1]) || !IsWord(c);
                    if (begins && ends)
                    {
                        found(term);
                    }
                }
            }
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private int NewState(List<int[]> rows)
    {
        int[] row = new int[Alphabet];
        Array.Fill(row, -1);
        rows.Add(row);
        _fail.Add(0);
        _found.Add([]);
        return rows.Count - 1;
    }

    private void Add(List<int[]> rows, string term, int number)
    {
        _open[number] = term.EndsWith('*');
        string text = term.TrimEnd('*');
        _lengths[number] = text.Length;
        int state = 0;
        foreach (char c in text)
        {
            if (c >= Alphabet)
            {
                throw new FormatException($"Term '{term}' is not ASCII.");
            }

            if (rows[state][c] < 0)
            {
                int next = NewState(rows);
                rows[state][c] = next;
            }

            state = rows[state][c];
        }

        _found[state].Add(number);
    }

    private void Complete(List<int[]> rows)
    {
        var open = new Queue<int>();
        for (int c = 0; c < Alphabet; c++)
        {
            if (rows[0][c] < 0)
            {
                rows[0][c] = 0;
            }
            else
            {
                open.Enqueue(rows[0][c]);
            }
        }

        while (open.TryDequeue(out int state))
        {
            _ending[state] = _found[state].Count > 0 ? state : _ending[_fail[state]];
            for (int c = 0; c < Alphabet; c++)
            {
                int next = rows[state][c];
                if (next < 0)
                {
                    rows[state][c] = rows[_fail[state]][c];
                }
                else
                {
                    _fail[next] = rows[_fail[state]][c];
                    open.Enqueue(next);
                }
            }
        }
    }
}
