using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>One run of the real program as a process of its own.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private ProgramRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string Error => Text(_error);

    public int Id => _process.Id;

    public static ProgramRun Start(params string[] arguments) => StartProgram(Path.Combine(AppContext.BaseDirectory, "auditintel.dll"), arguments);

    /// <summary>Runs another program of the repository.</summary>
    public static ProgramRun StartProgram(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(assembly);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ProgramRun(new Process { StartInfo = start });
    }

    /// <summary>Waits for the end; a run that is not over by then is killed and fails the test with what it printed.</summary>
    public async Task<int> ExitCodeAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"The program did not end within {timeout}. Standard error:\n{Error}\nStandard output:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Runs to the end, expects exit code 0 and returns standard output as JSON.</summary>
    public static async Task<JsonElement> JsonAsync(TimeSpan timeout, params string[] arguments)
    {
        using ProgramRun run = Start(arguments);
        int exitCode = await run.ExitCodeAsync(timeout);
        Assert.True(exitCode == 0, $"Exit code {exitCode}. Standard error:\n{run.Error}\nStandard output:\n{run.Output}");
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }

    /// <summary>kill -9 of the program alone, as an out-of-memory killer would do it.</summary>
    public void KillHard()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(TimeSpan.FromMinutes(1)), "The program outlived kill -9.");
    }

    public bool HasExited => _process.HasExited;

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
