namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>Turns a catalogue's text into entries, and everything that is wrong with it into faults, all at once.</summary>
internal sealed class CatalogueReader(string file)
{
    private readonly List<SourceDefinition> _sources = [];
    private readonly List<CatalogueFault> _faults = [];
    private readonly Dictionary<string, int> _lines = [];
    private readonly HashSet<string> _broken = [];

    public IReadOnlyList<SourceDefinition> Sources => _sources;

    public IReadOnlyList<CatalogueFault> Faults => _faults;

    /// <summary>Ids of entries that were left out: the built-in entry of that id must not run in their place.</summary>
    public IReadOnlySet<string> BrokenIds => _broken;

    public bool ExtendsBuiltIn { get; private set; } = true;

    public void Read(string text)
    {
        CatalogueNode? root = CatalogueDocument.Read(file, text, _faults);
        if (root is null)
        {
            return;
        }

        if (root is not CatalogueNode.Mapping document)
        {
            _faults.Add(new CatalogueFault(file, root.Line, null, "A catalogue begins with 'sources:', and a list of entries below it."));
            return;
        }

        var fields = new FieldSet(file, null, [document], _faults);
        ReadExtends(fields);
        Dictionary<string, CatalogueNode.Mapping> defaults = ReadDefaults(fields);
        CatalogueNode? list = fields.Take("sources");
        fields.RefuseOthers("a catalogue");
        if (list is CatalogueNode.Sequence sources)
        {
            foreach (CatalogueNode entry in sources.Items)
            {
                ReadEntry(entry, defaults);
            }
        }
        else
        {
            _faults.Add(new CatalogueFault(file, list?.Line ?? document.Line, null, "A catalogue needs a list 'sources'."));
        }
    }

    private void ReadExtends(FieldSet fields)
    {
        string? extends = fields.Choice("extends", ["built-in", "none"]);
        ExtendsBuiltIn = extends != "none";
    }

    /// <summary>Fields that every entry of a kind has unless it says otherwise.</summary>
    private Dictionary<string, CatalogueNode.Mapping> ReadDefaults(FieldSet fields)
    {
        var defaults = new Dictionary<string, CatalogueNode.Mapping>();
        if (fields.Map("defaults") is { } kinds)
        {
            foreach ((CatalogueNode.Scalar key, CatalogueNode value) in kinds.Entries)
            {
                if (SourceKinds.Find(key.Value) is null)
                {
                    _faults.Add(new CatalogueFault(file, key.Line, null, $"Defaults are by kind, and '{key.Value}' is none; say one of {string.Join(", ", SourceKinds.Names)}."));
                }
                else if (value is not CatalogueNode.Mapping mapping)
                {
                    _faults.Add(new CatalogueFault(file, value.Line, null, $"Defaults of '{key.Value}' must be fields with values."));
                }
                else
                {
                    foreach ((CatalogueNode.Scalar name, _) in mapping.Entries.Where(entry => entry.Key.Value is "id" or "name" or "kind" or "url"))
                    {
                        _faults.Add(new CatalogueFault(file, name.Line, null, $"'{name.Value}' belongs to each entry, not to the defaults."));
                    }

                    defaults[key.Value] = mapping;
                }
            }
        }

        return defaults;
    }

    private void ReadEntry(CatalogueNode node, Dictionary<string, CatalogueNode.Mapping> defaults)
    {
        if (node is not CatalogueNode.Mapping entry)
        {
            _faults.Add(new CatalogueFault(file, node.Line, null, "An entry is a list of fields with values; this is none."));
            return;
        }

        string? id = Plain(entry, "id");
        string? kind = Plain(entry, "kind");
        int before = _faults.Count;
        CatalogueNode.Mapping[] layers = kind is not null && defaults.TryGetValue(kind, out CatalogueNode.Mapping? below) ? [entry, below] : [entry];
        var reader = new EntryReader(new FieldSet(file, id, layers, _faults), file, entry.Line);
        SourceDefinition? source = reader.Read();
        if (id is not null && !_lines.TryAdd(id, entry.Line))
        {
            _faults.Add(new CatalogueFault(file, entry.Line, id, $"The id stands in line {_lines[id]} already; each entry needs its own."));
        }

        if (source is not null && _faults.Count == before)
        {
            _sources.Add(source);
        }
        else if (id is not null)
        {
            _broken.Add(id);
        }
    }

    private static string? Plain(CatalogueNode.Mapping entry, string name) =>
        entry.Entries.Where(each => each.Key.Value == name).Select(each => (each.Value as CatalogueNode.Scalar)?.Value).FirstOrDefault();
}
