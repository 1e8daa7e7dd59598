using System.Buffers;

namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>Reads words, identifiers and references to code out of text, in one pass and without regular expressions.</summary>
internal static class TermReader
{
    private const int LongestWord = 64;

    private static readonly SearchValues<char> UrlEnds = SearchValues.Create(" \t\r\n)>]\"'`");

    /// <param name="text">Prose or code.</param>
    /// <param name="isCode">Whether every name is an identifier.</param>
    /// <param name="sink">Where terms go.</param>
    public static void Read(ReadOnlySpan<char> text, bool isCode, TermSink sink)
    {
        bool ticked = false;
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            if (c == '`')
            {
                ticked = !ticked;
                at++;
            }
            else if (!IsWord(c))
            {
                at++;
            }
            else if (!isCode && text[at..].StartsWith("http", StringComparison.OrdinalIgnoreCase) && UrlLength(text[at..]) is > 0 and int length)
            {
                ReadReference(text.Slice(at, length), sink);
                at += length;
            }
            else
            {
                int end = at + 1;
                while (end < text.Length && IsWord(text[end]))
                {
                    end++;
                }

                ReadWord(text, at, end, isCode || ticked, sink);
                at = end;
            }
        }
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || (c > 127 && char.IsLetterOrDigit(c));

    private static void ReadWord(ReadOnlySpan<char> text, int start, int end, bool quoted, TermSink sink)
    {
        ReadOnlySpan<char> word = text[start..end];
        if (word.Length is < 2 or > LongestWord)
        {
            return;
        }

        if (text[end..].StartsWith(".sol", StringComparison.OrdinalIgnoreCase))
        {
            ReadFileAndLines(word, text[(end + 4)..], sink);
        }

        bool compound = IsCompound(word);
        bool called = end < text.Length && text[end] == '(';
        if (!char.IsAsciiDigit(word[0]) && word.Length > 2 && (compound || called || (quoted && !SolidityWords.Contains(word))))
        {
            sink.Identifiers.Add(TermHash.OfFolded(word.Trim('_')));
        }

        if (!compound)
        {
            AddWord(word, sink);
            return;
        }

        for (int from = 0; from < word.Length;)
        {
            int to = NextPart(word, from);
            AddWord(word[from..to].Trim('_'), sink);
            from = to;
        }
    }

    private static void AddWord(ReadOnlySpan<char> word, TermSink sink)
    {
        if (word.Length < 2 || (char.IsAsciiDigit(word[0]) && word.Length > 6))
        {
            return;
        }

        uint hash = TermHash.OfFolded(Stemmer.Stem(word));
        if (!StopWords.Contains(hash))
        {
            sink.Words.Add(hash);
        }
    }

    /// <summary>camelCase, PascalCase of several words, snake_case.</summary>
    private static bool IsCompound(ReadOnlySpan<char> word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            if (word[i] == '_' || (char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1])))
            {
                return true;
            }
        }

        return word[0] == '_';
    }

    private static int NextPart(ReadOnlySpan<char> word, int from)
    {
        int at = from + 1;
        while (at < word.Length && word[at] != '_' && !(char.IsAsciiLetterUpper(word[at]) && char.IsAsciiLetterLower(word[at - 1])))
        {
            at++;
        }

        return at;
    }

    private static int UrlLength(ReadOnlySpan<char> text)
    {
        int colon = text.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? 5 : 4;
        if (!text[colon..].StartsWith("://", StringComparison.Ordinal))
        {
            return 0;
        }

        int end = text.IndexOfAny(UrlEnds);
        return end < 0 ? text.Length : end;
    }

    // https://github.com/<owner>/<name>/blob/<commit>/<path>/File.sol#L10-L20
    private static void ReadReference(ReadOnlySpan<char> url, TermSink sink)
    {
        int fragment = url.IndexOf('#');
        ReadOnlySpan<char> path = fragment < 0 ? url : url[..fragment];
        ReadOnlySpan<char> name = path[(path.LastIndexOf('/') + 1)..];
        int dot = name.LastIndexOf('.');
        if (dot <= 0 || !path.Contains("/blob/", StringComparison.Ordinal))
        {
            return;
        }

        ReadFileAndLines(name[..dot], fragment < 0 ? [] : url[fragment..], sink);
        ReadWord(name[..dot], 0, dot, quoted: true, sink);
    }

    // Behind the name: "#L10-L20", "#L10", ":10", ":10-20"; anything else names only the file.
    private static void ReadFileAndLines(ReadOnlySpan<char> name, ReadOnlySpan<char> rest, TermSink sink)
    {
        int from = 0;
        int to = 0;
        if (rest.StartsWith("#L", StringComparison.OrdinalIgnoreCase) || (rest.Length > 0 && rest[0] == ':'))
        {
            int at = rest[0] == ':' ? 1 : 2;
            from = Number(rest, ref at);
            if (at < rest.Length && rest[at] == '-')
            {
                at += at + 1 < rest.Length && rest[at + 1] is 'L' or 'l' ? 2 : 1;
                to = Number(rest, ref at);
            }
        }

        sink.References.Add(new CodeReference(TermHash.OfFolded(name), from, Math.Max(from, to)));
    }

    private static int Number(ReadOnlySpan<char> text, ref int at)
    {
        int value = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]) && value < 1_000_000; at++)
        {
            value = (value * 10) + (text[at] - '0');
        }

        return value;
    }
}
