namespace AuditIntel.Intelligence.Findings.Code;

/// <summary>
/// Cuts Solidity (0.8 grammar, lexical part) into tokens, in one pass. Findings quote fragments with ellipses, diff marks and line numbers, so nothing is
/// an error: an unclosed comment or string reaches to the end, or to the end of its line, and any other character is a symbol.
/// </summary>
public static class SolidityTokenizer
{
    private static readonly string[] LongSymbols = [">>>=", "<<=", ">>=", ">>>", "**", "==", "!=", "<=", ">=", "&&", "||", "=>", "->", "++", "--", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "<<", ">>"];

    /// <summary>All tokens in their order, white space left out.</summary>
    public static List<SolidityToken> Tokenize(ReadOnlySpan<char> source)
    {
        var tokens = new List<SolidityToken>();
        for (int at = 0; at < source.Length;)
        {
            char c = source[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }

            (SolidityTokenKind kind, int length) = Next(source[at..]);
            tokens.Add(new SolidityToken(kind, at, length));
            at += length;
        }

        return tokens;
    }

    private static (SolidityTokenKind Kind, int Length) Next(ReadOnlySpan<char> rest)
    {
        char c = rest[0];
        if (char.IsAsciiLetter(c) || c is '_' or '$')
        {
            return (SolidityTokenKind.Identifier, While(rest, static each => char.IsAsciiLetterOrDigit(each) || each is '_' or '$'));
        }

        if (char.IsAsciiDigit(c))
        {
            return (SolidityTokenKind.Number, While(rest, static each => char.IsAsciiLetterOrDigit(each) || each is '_' or '.'));
        }

        if (c is '"' or '\'')
        {
            return (SolidityTokenKind.Text, TextLength(rest));
        }

        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            int end = rest.IndexOf('\n');
            return (SolidityTokenKind.Comment, end < 0 ? rest.Length : end);
        }

        if (rest.StartsWith("/*", StringComparison.Ordinal))
        {
            int end = rest[2..].IndexOf("*/", StringComparison.Ordinal);
            return (SolidityTokenKind.Comment, end < 0 ? rest.Length : end + 4);
        }

        foreach (string symbol in LongSymbols)
        {
            if (rest.StartsWith(symbol, StringComparison.Ordinal))
            {
                return (SolidityTokenKind.Symbol, symbol.Length);
            }
        }

        return (SolidityTokenKind.Symbol, 1);
    }

    private static int While(ReadOnlySpan<char> rest, Func<char, bool> belongs)
    {
        int length = 1;
        while (length < rest.Length && belongs(rest[length]))
        {
            length++;
        }

        return length;
    }

    private static int TextLength(ReadOnlySpan<char> rest)
    {
        int at = 1;
        for (; at < rest.Length && rest[at] != rest[0]; at++)
        {
            if (rest[at] == '\n')
            {
                return at;
            }

            at += rest[at] == '\\' && at + 1 < rest.Length ? 1 : 0;
        }

        return Math.Min(rest.Length, at + 1);
    }
}
