namespace AuditIntel.Collectors.Files;

/// <summary>A file to read.</summary>
/// <param name="FullPath">Where it is.</param>
/// <param name="RelativePath">Below the folder that was asked for, with '/'; what records name as their source.</param>
internal sealed record SourceFile(string FullPath, string RelativePath)
{
    public string Name => Path.GetFileName(FullPath);

    public string Stem => Path.GetFileNameWithoutExtension(FullPath);

    /// <summary>Names of the folders above the file, nearest first.</summary>
    public IEnumerable<string> Folders
    {
        get
        {
            for (string? at = Path.GetDirectoryName(FullPath); !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
            {
                yield return Path.GetFileName(at);
            }
        }
    }
}
