using System.Diagnostics;
using System.Text.Json;

namespace AuditIntel.Cli.Pipeline;

/// <summary>What a stack that runs in the background says of itself in <c>stack.json</c> of its data folder.</summary>
internal sealed record RunningStack(int Process, string BootstrapServers, string SchemaRegistry, string Postgres, string Redis)
{
    private const string FileName = "stack.json";

    /// <summary>The stack that runs on the folder, or null. A file that a killed process left behind counts for nothing.</summary>
    public static RunningStack? Find(string dataDirectory)
    {
        string file = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            RunningStack? stack = JsonSerializer.Deserialize(File.ReadAllText(file), RunningStackJson.Default.RunningStack);
            return stack is not null && IsOurs(stack.Process) ? stack : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    public void Save(string dataDirectory) =>
        File.WriteAllText(Path.Combine(dataDirectory, FileName), JsonSerializer.Serialize(this, RunningStackJson.Default.RunningStack));

    public static void Forget(string dataDirectory) => File.Delete(Path.Combine(dataDirectory, FileName));

    /// <summary>Numbers of processes are given again: the command line has to be this program's.</summary>
    public static bool IsOurs(int process)
    {
        try
        {
            string commandLine = $"/proc/{process}/cmdline";
            if (File.Exists(commandLine))
            {
                return File.ReadAllText(commandLine).Contains("auditintel", StringComparison.Ordinal);
            }

            using Process found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
