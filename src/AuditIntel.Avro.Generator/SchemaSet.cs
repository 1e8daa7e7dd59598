using Microsoft.CodeAnalysis;

namespace AuditIntel.Avro.Generator;

/// <summary>All schema files of a project: finds for each the types that it takes from others, and one definition for each type.</summary>
internal sealed class SchemaSet(Action<Diagnostic> report)
{
    private readonly List<SchemaFile> _pending = [];
    private readonly Dictionary<string, NamedSchema> _imports = [];
    private readonly Dictionary<string, string> _definitions = [];
    private readonly Dictionary<string, string> _typeNames = [];
    private readonly List<(SchemaFile File, NamedSchema Type)> _types = [];

    public void Add(SchemaFile file) => _pending.Add(file);

    /// <summary>Every type once, with the file that defines it.</summary>
    public IReadOnlyList<(SchemaFile File, NamedSchema Type)> Resolve()
    {
        // A file that misses a type is tried again once others have brought new ones.
        int before;
        do
        {
            before = _pending.Count;
            foreach (SchemaFile file in _pending.ToArray())
            {
                if (TryAdd(file) is null)
                {
                    _pending.Remove(file);
                }
            }
        }
        while (_pending.Count > 0 && _pending.Count < before);

        foreach (SchemaFile file in _pending)
        {
            if (TryAdd(file) is { } error)
            {
                report(Diagnostic.Create(SchemaDiagnostics.BadSchema, file.At(error.Line, error.Column), error.Message));
            }
        }

        return _types;
    }

    private AvroSchemaException? TryAdd(SchemaFile file)
    {
        var own = new Dictionary<string, NamedSchema>();
        try
        {
            AvroSchemaParser.Parse(file.Text, own, _imports);
        }
        catch (AvroSchemaException e)
        {
            return e;
        }

        foreach (NamedSchema type in own.Values)
        {
            Define(file, type);
        }

        return null;
    }

    private void Define(SchemaFile file, NamedSchema type)
    {
        string definition = type.ToString();
        if (_definitions.TryGetValue(type.FullName, out string? before))
        {
            if (before != definition)
            {
                report(Diagnostic.Create(SchemaDiagnostics.TwoDefinitions, Place(file, type), type.FullName));
            }

            return;
        }

        _definitions.Add(type.FullName, definition);
        _imports[type.FullName] = type;
        string name = $"{file.Namespace}.{CSharpNames.TypeOf(type)}";
        if (_typeNames.TryGetValue(name, out string? other))
        {
            report(Diagnostic.Create(SchemaDiagnostics.OneName, Place(file, type), other, type.FullName, name));
        }
        else if (HasDistinctMembers(file, type))
        {
            _typeNames.Add(name, type.FullName);
            _types.Add((file, type));
        }
    }

    private bool HasDistinctMembers(SchemaFile file, NamedSchema type)
    {
        var members = new Dictionary<string, string>();
        IEnumerable<(string Avro, string CSharp)> names = type switch
        {
            RecordSchema record => record.Fields.Select(field => (field.Name, CSharpNames.Property(record, field))),
            EnumSchema symbols => symbols.Symbols.Select(symbol => (symbol, CSharpNames.Pascal(symbol))),
            _ => [],
        };
        foreach ((string avro, string csharp) in names)
        {
            if (members.TryGetValue(csharp, out string? other))
            {
                report(Diagnostic.Create(SchemaDiagnostics.OneName, Place(file, type), other, avro, csharp));
                return false;
            }

            members.Add(csharp, avro);
        }

        return true;
    }

    private static Location Place(SchemaFile file, NamedSchema type) => file.At(type.Json.Line, type.Json.Column);
}
