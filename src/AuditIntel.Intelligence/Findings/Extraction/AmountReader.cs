using System.Collections.Frozen;
using System.Globalization;

namespace AuditIntel.Intelligence.Findings.Extraction;

/// <summary>Finds sums and percentages in text, in one pass: $1.5M, 1,200 ETH, 30 000 USDC, 2.5%.</summary>
internal static class AmountReader
{
    private const int Most = 20;
    private const int MostDigits = 24;

    private static readonly FrozenSet<string> Units = new[]
    {
        "USD", "USDC", "USDT", "DAI", "ETH", "WETH", "STETH", "BTC", "WBTC", "BNB", "MATIC", "AVAX", "ARB", "OP", "FTM", "DOLLARS", "ETHER", "GWEI", "WEI", "BPS", "TOKENS", "SHARES",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<NamedAmount> Read(string text)
    {
        var found = new List<NamedAmount>();
        for (int at = 0; at < text.Length && found.Count < Most;)
        {
            bool starts = char.IsAsciiDigit(text[at]) && (at == 0 || !(char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '.' or '#'));
            if (!starts)
            {
                at++;
                continue;
            }

            int end = NumberEnd(text, at);
            Add(text, at, ref end, found);
            at = end;
        }

        return found;
    }

    private static int NumberEnd(string text, int at)
    {
        int end = at + 1;
        while (end < text.Length && end - at < MostDigits
            && (char.IsAsciiDigit(text[end]) || (text[end] is ',' or '.' or '_' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        return end;
    }

    private static void Add(string text, int start, ref int end, List<NamedAmount> found)
    {
        string digits = text[start..end].Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
        {
            return;
        }

        bool dollars = start > 0 && text[start - 1] == '$';
        decimal factor = Factor(text, ref end);
        int at = end;
        while (at < text.Length && text[at] is ' ' or '`' && at - end < 2)
        {
            at++;
        }

        string? unit = at < text.Length && text[at] == '%' ? "%" : Unit(text, at);
        if (unit is null && !dollars)
        {
            return;
        }

        int until = unit is null ? end : at + unit.Length;
        int from = dollars ? start - 1 : start;
        string name = unit switch
        {
            null => "USD",
            _ when unit.Equals("dollars", StringComparison.OrdinalIgnoreCase) => "USD",
            _ when unit.Equals("ether", StringComparison.OrdinalIgnoreCase) => "ETH",
            _ => unit.ToUpperInvariant(),
        };
        found.Add(new NamedAmount(value * factor, name, text[from..until]));
        end = until;
    }

    private static decimal Factor(string text, ref int end)
    {
        int at = end < text.Length && text[end] == ' ' ? end + 1 : end;
        int to = at;
        while (to < text.Length && char.IsAsciiLetter(text[to]))
        {
            to++;
        }

        decimal factor = text.AsSpan(at, to - at) switch
        {
            "k" or "K" or "thousand" => 1_000,
            "M" or "m" or "mln" or "million" => 1_000_000,
            "B" or "bn" or "billion" => 1_000_000_000,
            _ => 1,
        };
        end = factor > 1 ? to : end;
        return factor;
    }

    private static string? Unit(string text, int at)
    {
        int to = at;
        while (to < text.Length && char.IsAsciiLetter(text[to]))
        {
            to++;
        }

        string word = text[at..to];
        return Units.Contains(word) ? word : null;
    }
}
