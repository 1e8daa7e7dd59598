using System.Diagnostics;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>A data folder of the program for one test; whatever still runs on it is stopped at the end.</summary>
internal sealed class DataFolder : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("auditintel-e2e-").FullName;

    public async ValueTask DisposeAsync()
    {
        using (ProgramRun stop = ProgramRun.Start("stop", "--data-dir", Path))
        {
            await stop.ExitCodeAsync(TimeSpan.FromMinutes(1));
        }

        // The private PostgreSQL may be another user's process that is still leaving the folder.
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromSeconds(10))
            {
                await Task.Delay(100);
            }
        }
    }
}
