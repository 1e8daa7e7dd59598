namespace AuditIntel.DevStack.Broker;

/// <summary>Keeps two brokers from writing to one folder. The operating system frees the lock when the process ends, however it ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another broker has the folder.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, ".lock");
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new IOException($"The data folder {directory} is in use by another broker; stop that one or name another folder.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
