namespace AuditIntel.Cli.Demo;

/// <summary>The bundled sample: invented findings in the platforms' layouts, with known duplicates and known damage.</summary>
internal static class SampleFolder
{
    /// <summary>The folder beside the program.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Demo", "Sample");
}
