extern alias generator;

using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SchemaGenerator = generator::AuditIntel.Avro.Generator.SchemaGenerator;

namespace AuditIntel.Avro.Tests.Generator;

/// <summary>Schema files put through the generator and the compiler, in memory.</summary>
internal sealed class Compiled
{
    private const string Namespace = "Made";

    private readonly Compilation _compilation;

    private Compiled(Compilation compilation, ImmutableArray<Diagnostic> diagnostics, GeneratorDriver driver)
    {
        _compilation = compilation;
        Diagnostics = diagnostics;
        Driver = driver;
    }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorDriver Driver { get; }

    public Compilation Input { get; private init; } = null!;

    public static Compiled Files(params (string Path, string Text)[] files) => Files(Namespace, files);

    public static Compiled Files(string? @namespace, params (string Path, string Text)[] files)
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        CSharpCompilation input = CSharpCompilation.Create(
            "Made" + Guid.NewGuid().ToString("N"),
            references: platform.Split(Path.PathSeparator).Where(path => !path.Contains("AuditIntel.Avro.Generator", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)),
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new SchemaGenerator().AsSourceGenerator()],
            files.Select(file => (AdditionalText)new SchemaText(file.Path, file.Text)),
            new CSharpParseOptions(LanguageVersion.CSharp13),
            new Options(@namespace),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        return new Compiled(output, diagnostics, driver) { Input = input };
    }

    /// <summary>A generated type; fails on any warning of the compiler.</summary>
    public Type Type(string name)
    {
        Assert.Empty(Diagnostics);
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = _compilation.Emit(image);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return Assembly.Load(image.ToArray()).GetType($"{Namespace}.{name}", throwOnError: true)!;
    }

    private sealed class SchemaText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options(string? @namespace) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(null);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(@namespace);
    }

    private sealed class Values(string? @namespace) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key == "build_metadata.AdditionalFiles.AvroCSharpNamespace" ? @namespace : null;
            return value is not null;
        }
    }
}
