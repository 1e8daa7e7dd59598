using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>
/// Reads the fields of one group, strictly: what is missing, of the wrong kind or out of range becomes a fault and a default; what was never asked for is
/// unknown.
/// </summary>
public sealed class ConfigurationReader
{
    private readonly ConfigurationFaults _faults;
    private readonly ConfigurationNode _node;
    private readonly HashSet<string> _asked = [];

    /// <param name="node">The group.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="what">What the group is, for faults: <c>rule 'large'</c>.</param>
    public ConfigurationReader(ConfigurationNode node, ConfigurationFaults faults, string what)
    {
        (_node, _faults, What) = (node, faults, what);
        if (node.Fields is null)
        {
            faults.Add(node.Line, $"{what} is {node.Kind}; it must have fields.");
        }
    }

    public string What { get; }

    public int Line => _node.Line;

    /// <summary>The field's value; null when it is not there or nothing is written.</summary>
    public ConfigurationNode? Find(string name)
    {
        _asked.Add(name);
        ConfigurationField? field = _node.Fields?.FirstOrDefault(each => each.Name == name);
        if (field is { Value: { Text: null, Items: null, Fields: null } })
        {
            Fault(field.Line, name, "is empty; give a value or leave it out.");
            return null;
        }

        return field?.Value;
    }

    public bool Has(string name) => _node.Fields?.Any(each => each.Name == name) ?? false;

    /// <summary>Null when it is not there; a fault when it is no text.</summary>
    public string? Text(string name, int longest = 1000)
    {
        ConfigurationNode? value = Find(name);
        return value is null ? null : Text(name, value, longest);
    }

    /// <summary>A fault when it is not there; then empty.</summary>
    public string RequiredText(string name, string example, int longest = 1000)
    {
        if (!Has(name) && _node.Fields is not null)
        {
            Fault(_node.Line, name, $"is missing; write {name}: {example}.");
        }

        return Text(name, longest) ?? "";
    }

    /// <summary>A list of texts, or one text for a list of one; empty when it is not there.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string name)
    {
        ConfigurationNode? value = Find(name);
        if (value is null)
        {
            return [];
        }

        if (value.Items is { Count: 0 })
        {
            Fault(value.Line, name, "is an empty list; give a value or leave it out.");
        }

        var texts = new List<(string, int)>();
        foreach (ConfigurationNode item in value.Items ?? [value])
        {
            if (Text(name, item, 1000) is { } text)
            {
                texts.Add((text, item.Line));
            }
        }

        return texts;
    }

    /// <summary>A decimal number in the range; null when it is not there.</summary>
    public double? Number(string name, double least, double most) =>
        Parse<double>(name, $"a number from {Plain(least)} to {Plain(most)}", (string text, out double value) =>
            double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    /// <summary>A whole number in the range; null when it is not there.</summary>
    public int? Integer(string name, int least, int most) =>
        Parse<int>(name, $"a whole number from {Plain(least)} to {Plain(most)}", (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    /// <summary>A time such as 500ms, 30s, 10m, 2h or 1d in the range; null when it is not there.</summary>
    public TimeSpan? Duration(string name, TimeSpan least, TimeSpan most) =>
        Parse<TimeSpan>(name, $"a time such as 30s, 10m or 2h, from {DurationText.Of(least)} to {DurationText.Of(most)}", (string text, out TimeSpan value) =>
            DurationText.TryParse(text, out value) && value >= least && value <= most);

    /// <summary>One of the words; null when it is not there.</summary>
    public TChoice? Choice<TChoice>(string name, IReadOnlyList<(string Word, TChoice Value)> words)
        where TChoice : struct =>
        Parse<TChoice>(name, "one of " + string.Join(", ", words.Select(each => each.Word)), (string text, out TChoice value) =>
        {
            int at = words.TakeWhile(each => each.Word != text).Count();
            value = at < words.Count ? words[at].Value : default;
            return at < words.Count;
        });

    /// <summary>true or false; null when it is not there.</summary>
    public bool? Flag(string name) => Choice(name, [("true", true), ("false", false)]);

    /// <summary>A fault of one field.</summary>
    public void Fault(int line, string field, string sentence) => _faults.Add(line, $"{field} of {What} {sentence}");

    /// <summary>A fault of the whole group.</summary>
    public void Fault(string sentence) => _faults.Add(_node.Line, $"{What} {sentence}");

    /// <summary>Call it last: fields that were never asked for are unknown.</summary>
    public void End()
    {
        foreach (ConfigurationField field in _node.Fields ?? [])
        {
            if (!_asked.Contains(field.Name))
            {
                string known = string.Join(", ", _asked);
                _faults.Add(field.Line, $"'{ConfigurationFaults.Shown(field.Name)}' of {What} is unknown; known are {known}.");
            }
        }
    }

    private delegate bool TryRead<TValue>(string text, out TValue value);

    private TValue? Parse<TValue>(string name, string expected, TryRead<TValue> read)
        where TValue : struct
    {
        ConfigurationNode? node = Find(name);
        string? text = node is null ? null : Text(name, node, 1000);
        if (text is null)
        {
            return null;
        }

        if (read(text, out TValue value))
        {
            return value;
        }

        Fault(node!.Line, name, $"is '{ConfigurationFaults.Shown(text)}'; give {expected}.");
        return null;
    }

    private string? Text(string name, ConfigurationNode value, int longest)
    {
        if (value.Text is null)
        {
            Fault(value.Line, name, $"is {value.Kind}; it must be text.");
        }
        else if (value.Text.Length > longest)
        {
            Fault(value.Line, name, $"has {value.Text.Length} characters; at most {longest} are taken.");
        }
        else if (value.Text.Length == 0)
        {
            Fault(value.Line, name, "is empty; give a value or leave it out.");
        }
        else
        {
            return value.Text;
        }

        return null;
    }

    private static string Plain(double number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
