using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Severities;

/// <summary>One scale for the severity words of all platforms.</summary>
public static class SeverityScale
{
    /// <summary>Whole labels that no single word of theirs would tell.</summary>
    private static readonly Dictionary<string, Severity> Phrases = new(StringComparer.Ordinal)
    {
        ["gas optimization"] = Severity.Gas,
        ["gas optimizations"] = Severity.Gas,
        ["gas optimisation"] = Severity.Gas,
        ["gas optimisations"] = Severity.Gas,
        ["non critical"] = Severity.Informational,
        ["noncritical"] = Severity.Informational,
        ["best practice"] = Severity.Informational,
        ["best practices"] = Severity.Informational,
        ["code quality"] = Severity.Informational,
        ["code style"] = Severity.Informational,
        ["very low"] = Severity.Low,
        ["quality assurance"] = Severity.Low,
        ["0 non critical"] = Severity.Informational,
        ["1 low risk"] = Severity.Low,
        ["2 med risk"] = Severity.Medium,
        ["3 high risk"] = Severity.High,
        ["undetermined"] = Severity.Unknown,
    };

    /// <summary>Words that tell the severity wherever they stand in the label; the first one counts.</summary>
    private static readonly Dictionary<string, Severity> Words = new(StringComparer.Ordinal)
    {
        ["critical"] = Severity.Critical,
        ["crit"] = Severity.Critical,
        ["c"] = Severity.Critical,
        ["severe"] = Severity.Critical,
        ["high"] = Severity.High,
        ["h"] = Severity.High,
        ["major"] = Severity.High,
        ["medium"] = Severity.Medium,
        ["med"] = Severity.Medium,
        ["m"] = Severity.Medium,
        ["moderate"] = Severity.Medium,
        ["low"] = Severity.Low,
        ["l"] = Severity.Low,
        ["minor"] = Severity.Low,
        ["qa"] = Severity.Low,
        ["informational"] = Severity.Informational,
        ["information"] = Severity.Informational,
        ["info"] = Severity.Informational,
        ["i"] = Severity.Informational,
        ["nc"] = Severity.Informational,
        ["n"] = Severity.Informational,
        ["note"] = Severity.Informational,
        ["notes"] = Severity.Informational,
        ["none"] = Severity.Informational,
        ["recommendation"] = Severity.Informational,
        ["recommendations"] = Severity.Informational,
        ["suggestion"] = Severity.Informational,
        ["gas"] = Severity.Gas,
        ["g"] = Severity.Gas,
        ["optimization"] = Severity.Gas,
    };

    /// <summary>The severity that a label means; Unknown for a word that no platform uses, never an exception.</summary>
    public static Severity Of(string? label)
    {
        if (string.IsNullOrWhiteSpace(label))
        {
            return Severity.Unknown;
        }

        string folded = Fold(label);
        if (Phrases.TryGetValue(folded, out Severity severity))
        {
            return severity;
        }

        foreach (string word in folded.Split(' '))
        {
            if (Words.TryGetValue(word, out severity))
            {
                return severity;
            }
        }

        return Severity.Unknown;
    }

    /// <summary>Letters and digits in lower case, everything else one blank; a leading "severity" says nothing.</summary>
    private static string Fold(string label)
    {
        var folded = new StringBuilder(label.Length);
        foreach (char c in label)
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        string text = folded.ToString().Trim();
        return text.StartsWith("severity ", StringComparison.Ordinal) ? text["severity ".Length..] : text;
    }
}
