using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AuditIntel.Avro.Generator;

/// <summary>A schema file of the project; compared by content, so that an unchanged one costs nothing.</summary>
internal readonly struct SchemaFile(string path, string text, string @namespace) : IEquatable<SchemaFile>
{
    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>C# namespace of its types; empty when the project names none.</summary>
    public string Namespace { get; } = @namespace;

    /// <summary>A place in the file; line and column from 1.</summary>
    public Location At(int line, int column)
    {
        var place = new LinePosition(line - 1, column - 1);
        return Location.Create(Path, default, new LinePositionSpan(place, place));
    }

    public bool Equals(SchemaFile other) => Path == other.Path && Text == other.Text && Namespace == other.Namespace;

    public override bool Equals(object? obj) => obj is SchemaFile other && Equals(other);

    public override int GetHashCode() => Path.GetHashCode() ^ Text.GetHashCode();
}
