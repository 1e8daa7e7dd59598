using System.Globalization;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>The fields of a mapping by type; each that is wrong, unknown or there twice is a fault. Earlier layers win over later ones.</summary>
internal sealed class FieldSet
{
    private readonly string _file;
    private readonly string? _source;
    private readonly ICollection<CatalogueFault> _faults;
    private readonly Dictionary<string, (CatalogueNode.Scalar Key, CatalogueNode Value)> _fields = [];
    private readonly HashSet<string> _known = [];
    private readonly int _line;

    public FieldSet(string file, string? source, IReadOnlyList<CatalogueNode.Mapping> layers, ICollection<CatalogueFault> faults)
    {
        (_file, _source, _faults, _line) = (file, source, faults, layers[0].Line);
        foreach (CatalogueNode.Mapping layer in layers)
        {
            var here = new HashSet<string>();
            foreach ((CatalogueNode.Scalar key, CatalogueNode value) in layer.Entries)
            {
                if (!here.Add(key.Value))
                {
                    Fault(key.Line, $"'{key.Value}' stands there twice; keep one.");
                }
                else
                {
                    _fields.TryAdd(key.Value, (key, value));
                }
            }
        }
    }

    public string? Source => _source;

    public CatalogueNode? Take(string name)
    {
        _known.Add(name);
        return _fields.TryGetValue(name, out (CatalogueNode.Scalar Key, CatalogueNode Value) field) ? field.Value : null;
    }

    public bool Has(string name) => _fields.ContainsKey(name);

    public int LineOf(string name) => _fields.TryGetValue(name, out (CatalogueNode.Scalar Key, CatalogueNode Value) field) ? field.Key.Line : _line;

    public void Fault(int line, string message) => _faults.Add(new CatalogueFault(_file, line, _source, message));

    public void Fault(string name, string message) => Fault(LineOf(name), message);

    /// <summary>A text that is not empty; a fault when it must be there and is not.</summary>
    public string? Text(string name, bool required = false)
    {
        CatalogueNode? node = Take(name);
        if (node is null)
        {
            if (required)
            {
                Fault(_line, $"'{name}' is missing.");
            }

            return null;
        }

        if (node is CatalogueNode.Scalar { Value.Length: > 0 } scalar)
        {
            return scalar.Value;
        }

        Fault(node.Line, $"'{name}' must be a text.");
        return null;
    }

    public bool? Flag(string name)
    {
        CatalogueNode? node = Take(name);
        switch (node)
        {
            case null:
                return null;
            case CatalogueNode.Scalar { Quoted: false, Value: "true" }:
                return true;
            case CatalogueNode.Scalar { Quoted: false, Value: "false" }:
                return false;
            default:
                Fault(node.Line, $"'{name}' must be true or false.");
                return null;
        }
    }

    public long? Number(string name, long least, long most)
    {
        CatalogueNode? node = Take(name);
        if (node is null)
        {
            return null;
        }

        if (node is CatalogueNode.Scalar { Quoted: false } scalar
            && long.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(node.Line, string.Create(CultureInfo.InvariantCulture, $"'{name}' must be a whole number from {least} to {most}."));
        return null;
    }

    public string? Choice(string name, IReadOnlyList<string> choices)
    {
        string? text = Text(name);
        if (text is null || choices.Contains(text))
        {
            return text;
        }

        Fault(name, $"'{name}' is '{text}'; say one of {string.Join(", ", choices)}.");
        return null;
    }

    /// <summary>A span of time: a whole number and s, m, h or d.</summary>
    public TimeSpan? Duration(string name, TimeSpan least, TimeSpan most)
    {
        string? text = Text(name);
        if (text is null)
        {
            return null;
        }

        TimeSpan? span = Durations.Parse(text);
        if (span >= least && span <= most)
        {
            return span;
        }

        Fault(name, $"'{name}' is '{text}'; say a span from {Durations.Write(least)} to {Durations.Write(most)}, such as 30s, 15m, 6h or 1d.");
        return null;
    }

    public Uri? Url(string name, bool required = false)
    {
        string? text = Text(name, required);
        if (text is null)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Host.Length > 0)
        {
            if (url.UserInfo.Length == 0)
            {
                return url;
            }

            Fault(name, $"'{name}' holds a user or password; secrets do not belong in a catalogue.");
            return null;
        }

        Fault(name, $"'{name}' is '{text}', which is no http(s) URL.");
        return null;
    }

    public IReadOnlyList<string>? List(string name)
    {
        CatalogueNode? node = Take(name);
        if (node is null)
        {
            return null;
        }

        if (node is CatalogueNode.Sequence list && list.Items.All(item => item is CatalogueNode.Scalar { Value.Length: > 0 }))
        {
            return [.. list.Items.Cast<CatalogueNode.Scalar>().Select(item => item.Value)];
        }

        Fault(node.Line, $"'{name}' must be a list of texts.");
        return null;
    }

    public CatalogueNode.Mapping? Map(string name)
    {
        CatalogueNode? node = Take(name);
        if (node is null or CatalogueNode.Mapping)
        {
            return node as CatalogueNode.Mapping;
        }

        Fault(node.Line, $"'{name}' must be fields with values.");
        return null;
    }

    /// <summary>The fields below a field; null when it is not there or wrong.</summary>
    public FieldSet? Within(string name) => Map(name) is { } mapping ? new FieldSet(_file, _source, [mapping], _faults) : null;

    /// <summary>Whatever nobody asked for is unknown.</summary>
    public void RefuseOthers(string owner)
    {
        foreach ((string name, (CatalogueNode.Scalar key, _)) in _fields)
        {
            if (!_known.Contains(name))
            {
                string near = _known.MinBy(known => Distance(known, name)) is { } best && Distance(best, name) <= 2 ? $"; did you mean '{best}'?" : $"; {owner} has {string.Join(", ", _known)}.";
                Fault(key.Line, $"'{name}' is unknown{near}");
            }
        }
    }

    /// <summary>Edits between two words (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
