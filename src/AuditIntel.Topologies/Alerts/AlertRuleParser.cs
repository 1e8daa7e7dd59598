using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Alerts;

/// <summary>Turns the <c>rules:</c> section into rules.</summary>
internal sealed class AlertRuleParser
{
    private const int MostRules = 1000;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    private static readonly (string, AnomalySeverity)[] Severities =
        [.. Enum.GetValues<AnomalySeverity>().Where(each => each != AnomalySeverity.None).Select(each => (AlertText.Severity(each), each))];

    private static readonly (string, AlertScope)[] Scopes =
        [("address", AlertScope.Address), ("transaction", AlertScope.Transaction), ("rule", AlertScope.Rule)];

    private readonly ConfigurationFaults _faults;
    private readonly IReadOnlyList<string> _channels;
    private readonly Dictionary<string, int> _lines = [];

    private AlertRuleParser(ConfigurationFaults faults, IReadOnlyList<string> channels) => (_faults, _channels) = (faults, channels);

    public static AlertRuleSet Parse(ConfigurationFile file)
    {
        var faults = new ConfigurationFaults(file.Name);
        AlertConfiguration.CheckSections(file, faults);
        var parser = new AlertRuleParser(faults, AlertConfiguration.ChannelNames(file));
        ConfigurationNode? section = file.Section(AlertConfiguration.RulesSection);
        var rules = new List<AlertRule>();
        if (section?.Items is not { Count: > 0 and <= MostRules } items)
        {
            faults.Add(section?.Line ?? 1, $"rules: must be a list of 1 to {MostRules} rules, each beginning with '- id:'.");
        }
        else
        {
            foreach (ConfigurationNode item in items)
            {
                rules.Add(parser.Rule(item));
            }
        }

        faults.ThrowIfAny();
        return new AlertRuleSet(rules);
    }

    private AlertRule Rule(ConfigurationNode node)
    {
        string? written = node.Fields?.FirstOrDefault(field => field.Name == "id")?.Value.Text;
        var reader = new ConfigurationReader(node, _faults, written is null ? "a rule" : $"rule '{PlainText.Line(written, AlertConfiguration.LongestName)}'");
        string id = Id(reader);
        TitleTemplate title = Title(reader);
        AlertCondition condition = Condition(reader);
        TimeSpan window = reader.Duration("window", TimeSpan.Zero, LongestWindow) ?? DefaultWindow;
        AlertScope scope = reader.Choice("deduplicateBy", Scopes) ?? AlertScope.Address;
        IReadOnlyList<string> channels = Channels(reader);
        reader.End();
        return new AlertRule(id, title, condition, (long)window.TotalMilliseconds, scope, channels);
    }

    private string Id(ConfigurationReader reader)
    {
        string id = reader.RequiredText("id", "large-transfer");
        if (id.Length > 0 && !AlertConfiguration.IsName(id))
        {
            reader.Fault(reader.Line, "id", $"must be 1 to {AlertConfiguration.LongestName} lower-case letters, digits, '-', '_' or '.'.");
        }
        else if (id.Length > 0 && !_lines.TryAdd(id, reader.Line))
        {
            reader.Fault(reader.Line, "id", $"is taken by the rule in line {_lines[id]}; each id may stand once.");
        }

        return id;
    }

    private static TitleTemplate Title(ConfigurationReader reader)
    {
        string? text = reader.Text("title", TitleTemplate.Longest);
        if (text is null)
        {
            return TitleTemplate.Default;
        }

        TitleTemplate? title = TitleTemplate.Parse(text, out string? fault);
        if (title is null)
        {
            reader.Fault(reader.Find("title")!.Line, "title", fault!);
        }

        return title ?? TitleTemplate.Default;
    }

    private IReadOnlyList<string> Channels(ConfigurationReader reader)
    {
        IReadOnlyList<(string Text, int Line)> names = reader.Texts("channels");
        if (!reader.Has("channels"))
        {
            reader.Fault("names no channels; write channels: [...] with names from the channels: section.");
        }

        foreach ((string name, int line) in names)
        {
            if (!_channels.Contains(name))
            {
                string known = _channels.Count == 0 ? "there are none" : "known are " + string.Join(", ", _channels);
                reader.Fault(line, "channels", $"names '{PlainText.Line(name, AlertConfiguration.LongestName)}', which is not under channels:; {known}.");
            }
        }

        return [.. names.Select(each => each.Text).Distinct()];
    }

    private AlertCondition Condition(ConfigurationReader rule)
    {
        ConfigurationNode? node = rule.Find("when");
        if (node is null)
        {
            if (!rule.Has("when"))
            {
                rule.Fault("has no conditions; write when: { severity: high } or another condition, or it would tell of every transaction.");
            }

            return new AlertCondition();
        }

        var reader = new ConfigurationReader(node, _faults, $"when of {rule.What}");
        if (node.Fields is { Count: 0 })
        {
            reader.Fault("is empty; give at least one condition, or the rule would tell of every transaction.");
        }

        var condition = new AlertCondition
        {
            Severity = reader.Choice("severity", Severities),
            Score = reader.Number("score", 0, 1),
            Value = Value(reader),
            Chains = [.. Parsed<long>(reader, "chains", "a chain id such as 1", (string text, out long chain) =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out chain) && chain > 0)],
            Labels = [.. Parsed<string>(reader, "labels", "a category such as phishing, from:phishing, to:exploit or *", TryLabel)],
            Addresses = Addresses(reader),
        };
        reader.End();
        return condition;
    }

    private static BigInteger? Value(ConfigurationReader reader)
    {
        BigInteger value = default;
        string? text = reader.Text("value");
        if (text is not null && !EtherAmount.TryParse(text, out value))
        {
            reader.Fault(reader.Find("value")!.Line, "value", $"is '{PlainText.Line(text, 60)}'; give a decimal number with wei, gwei or ether, such as 12.5 ether.");
        }

        return text is null ? null : value;
    }

    private static FrozenSet<string>? Addresses(ConfigurationReader reader)
    {
        List<string> addresses = Parsed<string>(reader, "addresses", "0x and 40 hex digits (in quotes or not)", TryAddress);
        return reader.Has("addresses") ? addresses.ToFrozenSet(StringComparer.Ordinal) : null;
    }

    private static bool TryAddress(string text, out string address)
    {
        address = text.ToLowerInvariant();
        return address.Length == 42 && address.StartsWith("0x", StringComparison.Ordinal) && address.AsSpan(2).IndexOfAnyExcept(Hex) < 0;
    }

    private static bool TryLabel(string text, out string label)
    {
        label = text.ToLowerInvariant();
        int side = label.IndexOf(':', StringComparison.Ordinal);
        string category = label[(side + 1)..];
        return (side < 0 || label[..side] is "from" or "to") && (category == "*" || AlertConfiguration.IsName(category));
    }

    private delegate bool TryRead<TValue>(string text, out TValue value);

    private static List<TValue> Parsed<TValue>(ConfigurationReader reader, string name, string expected, TryRead<TValue> read)
    {
        var values = new List<TValue>();
        foreach ((string text, int line) in reader.Texts(name))
        {
            if (read(text, out TValue value))
            {
                values.Add(value);
            }
            else
            {
                reader.Fault(line, name, $"has '{PlainText.Line(text, 60)}'; give {expected}.");
            }
        }

        return values;
    }
}
