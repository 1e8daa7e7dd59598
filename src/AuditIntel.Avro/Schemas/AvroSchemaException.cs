namespace AuditIntel.Avro;

/// <summary>A schema text that is no schema.</summary>
public sealed class AvroSchemaException : AvroException
{
    public AvroSchemaException(string message, int line, int column)
        : base($"{message} (line {line}, column {column}).")
    {
        Line = line;
        Column = column;
    }

    public AvroSchemaException(string message, SchemaJson at)
        : this(message, at.Line, at.Column)
    {
    }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>From 1.</summary>
    public int Column { get; }
}
