using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>scikit-learn's isolation forest on the same rows, in a process of its own, where Python has it.</summary>
internal static class ScikitLearn
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>One run: rows a second by the clock, and microseconds of processor time a row.</summary>
    internal readonly record struct Run(double Rate, double Microseconds);

    /// <returns>The runs, or null where scikit-learn is not installed.</returns>
    public static async Task<(Run[] Batch, Run[] OneByOne)?> RunsAsync(float[] rows, int width, int runs, CancellationToken cancellationToken)
    {
        string? script = Script();
        if (script is null)
        {
            return null;
        }

        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, MemoryMarshal.AsBytes(rows.AsSpan()).ToArray(), cancellationToken);
            // Debian's own Python first: that is the one that apt-get install python3-sklearn serves.
            foreach (string python in new[] { "/usr/bin/python3", "python3" })
            {
                if (await OutputAsync(python, [script, file, $"{width}", $"{runs}"], cancellationToken) is { } output)
                {
                    using var json = JsonDocument.Parse(output);
                    return (Runs(json, "batch"), Runs(json, "oneByOne"));
                }
            }

            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Run[] Runs(JsonDocument json, string name) =>
    [
        .. json.RootElement.GetProperty(name).EnumerateArray()
            .Select(run => new Run(run.GetProperty("rate").GetDouble(), run.GetProperty("processorMicroseconds").GetDouble())),
    ];

    private static async Task<string?> OutputAsync(string python, string[] arguments, CancellationToken cancellationToken)
    {
        if (Path.IsPathRooted(python) && !File.Exists(python))
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using Process? process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        if (process is null)
        {
            return null;
        }

        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await error;
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? output : null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? Script()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string script = Path.Combine(at.FullName, "benchmarks", "python", "isolation_forest_rate.py");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }
}
