using System.Text.Json;
using Npgsql;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>A data folder of the program for one test; whatever still runs on it is stopped at the end.</summary>
internal sealed class DataFolder : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public string Path { get; } = Directory.CreateTempSubdirectory("auditintel-e2e-").FullName;

    private string StackFile => System.IO.Path.Combine(Path, "stack.json");

    /// <summary>Waits until a stack on the folder has announced itself.</summary>
    public async Task ReadyAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!File.Exists(StackFile))
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    /// <summary>A connection to the database of the stack that runs on the folder.</summary>
    public async Task<NpgsqlConnection> DatabaseAsync()
    {
        using JsonDocument stack = JsonDocument.Parse(await File.ReadAllTextAsync(StackFile));
        var connection = new NpgsqlConnection(stack.RootElement.GetProperty("postgres").GetString());
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        using (ProgramRun stop = ProgramRun.Start("stop", "--data-dir", Path))
        {
            await stop.ExitCodeAsync(Patience);
        }

        // The servers of a program that was killed leave the folder a moment after it.
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (!deadline.IsCancellationRequested)
            {
                await Task.Delay(100);
            }
        }
    }
}
