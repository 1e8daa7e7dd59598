using Microsoft.CodeAnalysis;

namespace AuditIntel.Avro.Generator;

/// <summary>What the generator complains of.</summary>
internal static class SchemaDiagnostics
{
    public static readonly DiagnosticDescriptor BadSchema = Error("AVRO001", "Bad Avro schema", "{0}");

    public static readonly DiagnosticDescriptor TwoDefinitions =
        Error("AVRO002", "Two definitions of one type", "Type '{0}' is defined differently in another schema file; make the definitions equal");

    public static readonly DiagnosticDescriptor NoNamespace =
        Error("AVRO003", "No C# namespace", "{0} has no C# namespace: give its AdditionalFiles item the metadata AvroCSharpNamespace");

    public static readonly DiagnosticDescriptor OneName =
        Error("AVRO004", "Two things of one C# name", "'{0}' and '{1}' would both be called {2} in C#; rename one");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Avro", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
