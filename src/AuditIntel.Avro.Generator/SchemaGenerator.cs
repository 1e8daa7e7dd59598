using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AuditIntel.Avro.Generator;

/// <summary>
/// Turns every additional file *.avsc into immutable records that read and write themselves. The item's metadata AvroCSharpNamespace
/// names their namespace. A file may use types that another one defines; the schema text of a generated record stands alone all the same, as a
/// Schema Registry wants it. A type may also be defined in several files if all define it alike.
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
        var set = new SchemaSet(context.ReportDiagnostic);
        foreach (SchemaFile file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (file.Namespace.Length == 0)
            {
                context.ReportDiagnostic(Diagnostic.Create(SchemaDiagnostics.NoNamespace, file.At(1, 1), Path.GetFileName(file.Path)));
            }
            else
            {
                set.Add(file);
            }
        }

        foreach ((SchemaFile file, NamedSchema type) in set.Resolve())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            Emit(context, file, type);
        }
    }

    private static void Emit(SourceProductionContext context, SchemaFile file, NamedSchema type)
    {
        try
        {
            string? source = type switch
            {
                RecordSchema record => RecordSource.Write(file.Namespace, record),
                EnumSchema symbols => EnumSource.Write(file.Namespace, symbols),
                _ => null,
            };
            if (source is not null)
            {
                context.AddSource($"{file.Namespace}.{CSharpNames.TypeOf(type)}.g.cs", SourceText.From(source, Encoding.UTF8));
            }
        }
        catch (AvroSchemaException e)
        {
            context.ReportDiagnostic(Diagnostic.Create(SchemaDiagnostics.BadSchema, file.At(e.Line, e.Column), e.Message));
        }
    }
}
