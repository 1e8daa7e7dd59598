using System.Globalization;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Alerts;

/// <summary>A title with names in braces, such as <c>{severity}: {value} by {address}</c>.</summary>
internal sealed class TitleTemplate
{
    /// <summary>Longest title, in characters.</summary>
    public const int Longest = 200;

    private static readonly string[] Names = ["address", "block", "chain", "from", "hash", "labels", "rule", "score", "severity", "to", "value"];

    private readonly List<(string Text, bool IsName)> _parts;

    private TitleTemplate(List<(string Text, bool IsName)> parts) => _parts = parts;

    /// <summary>What a rule without title says.</summary>
    public static TitleTemplate Default { get; } = Parse("{rule}: {severity} transaction of {address} on chain {chain}", out _)!;

    /// <param name="text">The template.</param>
    /// <param name="fault">What is wrong with it, when null is returned.</param>
    public static TitleTemplate? Parse(string text, out string? fault)
    {
        var parts = new List<(string, bool)>();
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOfAny(['{', '}'], at);
            if (open < 0)
            {
                break;
            }

            int close = text[open] == '{' ? text.IndexOf('}', open) : -1;
            if (close < 0)
            {
                fault = "has a brace without its partner; names are written {address}.";
                return null;
            }

            string name = text[(open + 1)..close];
            if (!Names.Contains(name))
            {
                fault = $"has the unknown name {{{ConfigurationText(name)}}}; known are {string.Join(", ", Names)}.";
                return null;
            }

            parts.Add((text[at..open], false));
            parts.Add((name, true));
            at = close + 1;
        }

        parts.Add((text[at..], false));
        fault = null;
        return new TitleTemplate(parts);
    }

    /// <summary>One line of at most <see cref="Longest"/> characters.</summary>
    public string Fill(string ruleId, ScoredTransaction transaction, string address)
    {
        var title = new StringBuilder();
        foreach ((string text, bool isName) in _parts)
        {
            title.Append(isName ? Value(text, ruleId, transaction, address) : text);
        }

        return PlainText.Line(title.ToString(), Longest);
    }

    private static string Value(string name, string ruleId, ScoredTransaction transaction, string address) => name switch
    {
        "address" => address,
        "block" => transaction.BlockNumber.ToString(CultureInfo.InvariantCulture),
        "chain" => transaction.ChainId.ToString(CultureInfo.InvariantCulture),
        "from" => transaction.From,
        "hash" => transaction.Hash,
        "labels" => transaction.Labels.Count == 0 ? "nothing" : string.Join(", ", transaction.Labels.Take(5)),
        "rule" => ruleId,
        "score" => transaction.Score.ToString("0.00", CultureInfo.InvariantCulture),
        "severity" => AlertText.Severity(transaction.Severity),
        "to" => transaction.To ?? transaction.CreatedContract ?? "nobody",
        "value" => EtherAmount.Text(transaction.Value.Unscaled),
        _ => throw new InvalidOperationException($"No value for {name}."),
    };

    private static string ConfigurationText(string name) => PlainText.Line(name, 40);
}
