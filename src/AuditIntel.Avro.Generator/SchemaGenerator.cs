using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AuditIntel.Avro.Generator;

/// <summary>
/// Turns every additional file *.avsc into immutable records that read and write themselves. The item's metadata AvroCSharpNamespace
/// names their namespace. A type may be defined in several files if all define it alike: each file stays a schema of its own, as a
/// Schema Registry wants it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    private const string Metadata = "build_metadata.AdditionalFiles.AvroCSharpNamespace";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<SchemaFile>> files = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(".avsc", StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, cancellation) => new SchemaFile(
                pair.Left.Path,
                pair.Left.GetText(cancellation)?.ToString() ?? "",
                pair.Right.GetOptions(pair.Left).TryGetValue(Metadata, out string? name) ? name : ""))
            .Collect();
        context.RegisterSourceOutput(files, Generate);
    }

    private static void Generate(SourceProductionContext context, ImmutableArray<SchemaFile> files)
    {
        var emitted = new Dictionary<string, string>();
        foreach (SchemaFile file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (file.Namespace.Length == 0)
            {
                context.ReportDiagnostic(Diagnostic.Create(SchemaDiagnostics.NoNamespace, At(file, 1, 1), Path.GetFileName(file.Path)));
                continue;
            }

            try
            {
                var known = new Dictionary<string, NamedSchema>();
                AvroSchema root = AvroSchema.Parse(file.Text, known);
                foreach (NamedSchema type in known.Values)
                {
                    Emit(context, file, root, type, emitted);
                }
            }
            catch (AvroSchemaException e)
            {
                context.ReportDiagnostic(Diagnostic.Create(SchemaDiagnostics.BadSchema, At(file, e.Line, e.Column), e.Message));
            }
        }
    }

    private static void Emit(SourceProductionContext context, SchemaFile file, AvroSchema root, NamedSchema type, Dictionary<string, string> emitted)
    {
        string definition = type.ToString();
        if (emitted.TryGetValue(type.FullName, out string? before))
        {
            if (before != definition)
            {
                context.ReportDiagnostic(Diagnostic.Create(SchemaDiagnostics.TwoDefinitions, At(file, type.Json.Line, type.Json.Column), type.FullName));
            }

            return;
        }

        emitted.Add(type.FullName, definition);
        string? source = type switch
        {
            RecordSchema record => RecordSource.Write(file.Namespace, root, record),
            EnumSchema symbols => EnumSource.Write(file.Namespace, symbols),
            _ => null,
        };
        if (source is not null)
        {
            context.AddSource(type.Name + ".g.cs", SourceText.From(source, Encoding.UTF8));
        }
    }

    private static Location At(SchemaFile file, int line, int column)
    {
        var place = new LinePosition(line - 1, column - 1);
        return Location.Create(file.Path, default, new LinePositionSpan(place, place));
    }
}
