namespace AuditIntel.Cli.Training;

/// <summary>A model file is there whole or not at all.</summary>
internal static class ModelFile
{
    public static async Task WriteAsync(string file, byte[] artefact, CancellationToken cancellationToken)
    {
        string whole = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        string partial = whole + ".partial";
        await File.WriteAllBytesAsync(partial, artefact, cancellationToken);
        File.Move(partial, whole, overwrite: true);
    }
}
