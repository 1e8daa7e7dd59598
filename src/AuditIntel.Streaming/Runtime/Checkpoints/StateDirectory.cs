namespace AuditIntel.Streaming.Runtime.Checkpoints;

/// <summary>An instance's folder: <c>root/applicationId/task/store.checkpoint</c>, with a lock so that two instances never share it.</summary>
internal sealed class StateDirectory : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;

    private StateDirectory(string folder, FileStream ownership)
    {
        _folder = folder;
        _lock = ownership;
        ProcessId = ReadProcessId(Path.Combine(folder, "process-id"));
    }

    /// <summary>Names the instance, also after a restart: its transactional ids are made of it.</summary>
    public string ProcessId { get; }

    /// <exception cref="StreamsException">Another instance uses the folder.</exception>
    public static StateDirectory Open(string root, string applicationId)
    {
        string folder = Path.Combine(Path.GetFullPath(root), applicationId);
        Directory.CreateDirectory(folder);
        try
        {
            return new StateDirectory(folder, new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new StreamsException($"State directory {folder} is used by another instance of '{applicationId}': give each instance a folder of its own.", e);
        }
    }

    /// <summary>Opens a store's checkpoint. The task may be on its way from another thread: its file is waited for.</summary>
    public CheckpointLog OpenStore(TaskId task, string store, CheckpointReader read)
    {
        string path = PathOf(task, store);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (int tries = 0; ; tries++)
        {
            try
            {
                return CheckpointLog.Open(path, read);
            }
            catch (IOException) when (tries < 100)
            {
                Thread.Sleep(50);
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private string PathOf(TaskId task, string store) => Path.Combine(_folder, task.ToString(), store + ".checkpoint");

    private static string ReadProcessId(string path)
    {
        if (File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } known)
        {
            return known;
        }

        string id = Guid.NewGuid().ToString("N");
        File.WriteAllText(path, id);
        return id;
    }
}
