namespace AuditIntel.Avro;

/// <summary>A record of any schema, for tools that know the schema only when they run.</summary>
/// <param name="schema">Its schema.</param>
public sealed class GenericRecord(RecordSchema schema)
{
    private readonly object?[] _values = new object?[schema.Fields.Count];

    public RecordSchema Schema { get; } = schema;

    /// <summary>The value of the field at that index of the schema.</summary>
    public object? this[int index]
    {
        get => _values[index];
        set => _values[index] = value;
    }

    /// <summary>The value of the field of that name.</summary>
    /// <exception cref="KeyNotFoundException">The schema has no such field.</exception>
    public object? this[string field]
    {
        get => _values[IndexOf(field)];
        set => _values[IndexOf(field)] = value;
    }

    private int IndexOf(string field)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (Schema.Fields[i].Name == field)
            {
                return i;
            }
        }

        throw new KeyNotFoundException($"Record {Schema.FullName} has no field '{field}'.");
    }
}
