using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>
/// An independent client as a process of its own. It is killed when it does not end in time, and a failure shows all that it wrote. Scripts
/// run where they lie in the source tree, because Node.js looks for packages beside the script.
/// </summary>
internal sealed class ClientProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly string _name;

    private ClientProcess(string program, IEnumerable<string> arguments, string? folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            WorkingDirectory = folder,
        };
        _name = $"{Path.GetFileName(program)} {string.Join(' ', start.ArgumentList)}";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Collect(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Collect(_errors, line.Data);
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            _process.Dispose();
            Assert.Fail($"{program} could not be started ({e.Message}); ./auditintel test installs what the tests need, or says how to.");
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <value>The folder of the solution.</value>
    public static string Root { get; } = FindRoot();

    /// <value>What it has written to standard output so far, every line closed by a line feed.</value>
    public string Output => Read(_output);

    /// <value>The same of standard error.</value>
    public string Errors => Read(_errors);

    /// <summary>Runs Clients/node/<paramref name="script"/> to its end and gives its output.</summary>
    public static Task<string> NodeAsync(string script, params string[] arguments)
    {
        var folder = Path.Combine(Folder, "node");
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules")),
            $"The Node.js clients are not installed; run ./auditintel test, or: (cd {folder} && npm ci --ignore-scripts)");
        return RunAsync("node", [Path.Combine(folder, script), .. arguments]);
    }

    /// <summary>Runs a module of Clients/python to its end with the system's Python, for which apt installs the clients.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">It did not end in time, or not with 0; a client that is not installed shows as its import's error.</exception>
    public static async Task<string> PythonAsync(string module, params string[] arguments)
    {
        using var client = new ClientProcess(
            "/usr/bin/python3", ["-B", "-W", "ignore", "-m", module, .. arguments], Path.Combine(Folder, "python"));
        await client.EndAsync();
        return client.Output;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">It did not end in time, or not with 0.</exception>
    public static async Task<string> RunAsync(string program, string[] arguments, string? input = null)
    {
        using var client = Start(program, arguments);
        await client.EndAsync(input);
        return client.Output;
    }

    /// <summary>Starts a program that goes on until it is disposed or ends by itself.</summary>
    public static ClientProcess Start(string program, params string[] arguments) => new(program, arguments, folder: null);

    /// <summary>Writes the input, closes it, and waits until the program has ended well.</summary>
    public async Task EndAsync(string? input = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail(Describe($"did not end within {Patience.TotalSeconds:0} s"));
        }
        catch (IOException)
        {
            // It ended without reading its input; its exit code tells more than the broken pipe.
            await _process.WaitForExitAsync(limit.Token);
        }

        Assert.True(_process.ExitCode == 0, Describe($"ended with {_process.ExitCode}"));
    }

    /// <summary>Writes to its input and leaves that open.</summary>
    public async Task WriteAsync(string input)
    {
        await _process.StandardInput.WriteAsync(input);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Interrupts it as Ctrl+C does, closes its input, for it may wait for that, and waits until it has ended, however it ends.</summary>
    public async Task InterruptAsync()
    {
        await RunAsync("kill", ["-INT", $"{_process.Id}"]);
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
    }

    /// <summary>Waits until something shows in what the program writes.</summary>
    public async Task WaitForAsync(Func<ClientProcess, bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition(this))
        {
            Assert.False(_process.HasExited && !condition(this), Describe($"ended before {what}"));
            Assert.True(clock.Elapsed < Patience, Describe($"did not come to this in {Patience.TotalSeconds:0} s: {what}"));
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>What to do where Python (the first) or Node.js did not find the client that a script imports.</summary>
    private string Hint() =>
        Errors.Contains("ModuleNotFoundError", StringComparison.Ordinal) || Errors.Contains("ERR_MODULE_NOT_FOUND", StringComparison.Ordinal)
            ? " A client is not installed; ./auditintel test installs what the tests need."
            : "";

    private static string Folder => Path.Combine(Root, "tests", "AuditIntel.DevStack.Tests", "Clients");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuditIntel.Streams.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds AuditIntel.Streams.sln.");
    }

    private static void Collect(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private string Describe(string what) => $"{_name} {what}.{Hint()}\n--- its output\n{Output}--- its errors\n{Errors}";
}
