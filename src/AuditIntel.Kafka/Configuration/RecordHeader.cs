using System.Text;

namespace AuditIntel.Kafka;

/// <summary>A header of a record; names may repeat, values may be null.</summary>
public readonly record struct RecordHeader(string Name, byte[]? Value)
{
    /// <summary>A header with a text value.</summary>
    public static RecordHeader Of(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));
}
