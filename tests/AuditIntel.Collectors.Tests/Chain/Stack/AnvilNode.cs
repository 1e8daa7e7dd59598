using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditIntel.Collectors.Tests.Chain.Stack;

/// <summary>A real Ethereum node, Foundry's anvil, as a process of its own. Mines a block for each transaction unless told otherwise.</summary>
internal sealed partial class AnvilNode : IAsyncDisposable
{
    /// <summary>anvil's own chain id.</summary>
    public const long ChainId = 31337;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly HttpClient Http = new() { Timeout = Patience };

    private readonly string[] _arguments;
    private readonly StringBuilder _log = new();
    private Process _process = null!;
    private int _id;

    private AnvilNode(string[] arguments) => _arguments = arguments;

    public int Port { get; private set; }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    public Uri WebSocket => new(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{Port}"));

    /// <summary>The accounts that anvil holds the keys of, in lower case.</summary>
    public IReadOnlyList<string> Accounts { get; private set; } = [];

    public static async Task<AnvilNode> StartAsync(params string[] arguments)
    {
        var node = new AnvilNode(arguments);
        await node.LaunchAsync(0);
        return node;
    }

    /// <summary>Ends the process as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again on the same port, with nothing but its genesis block.</summary>
    public Task RestartAsync() => LaunchAsync(Port);

    public async Task<JsonElement> CallAsync(string method, params object?[] parameters)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync(Address, new { jsonrpc = "2.0", id = ++_id, method, @params = parameters });
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.TryGetProperty("error", out JsonElement error), $"{method}: {error}");
        return answer.GetProperty("result").Clone();
    }

    public async Task<long> HeadAsync() => Convert.ToInt64((await CallAsync("eth_blockNumber")).GetString(), 16);

    /// <summary>Sends a transaction from an account and gives its hash; returns when it is mined, unless the node does not mine by itself.</summary>
    public async Task<string> SendAsync(int from, string? to, long wei = 0, string data = "0x", long gas = 1_000_000)
    {
        string hash = (await CallAsync("eth_sendTransaction", new Dictionary<string, string>(
            new[] { ("from", Accounts[from]), ("to", to), ("value", Hex(wei)), ("data", data), ("gas", Hex(gas)) }
                .Where(pair => pair.Item2 is not null)
                .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2!))))).GetString()!;
        if (!_arguments.Contains("--no-mining"))
        {
            await MinedAsync(hash);
        }

        return hash;
    }

    /// <summary>Waits until a transaction has its receipt.</summary>
    public async Task MinedAsync(string hash)
    {
        long begin = Stopwatch.GetTimestamp();
        while ((await CallAsync("eth_getTransactionReceipt", hash)).ValueKind == JsonValueKind.Null)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, $"Transaction {hash} was not mined.");
            await Task.Delay(5);
        }
    }

    public async Task MineAsync(int blocks = 1) => await CallAsync("anvil_mine", Hex(blocks));

    public static string Hex(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static string Program()
    {
        if (Environment.GetEnvironmentVariable("AUDITINTEL_ANVIL") is { Length: > 0 } installed)
        {
            return installed;
        }

        string folder = Path.Combine(Repository.Root, "tests", "AuditIntel.Collectors.Tests", "Chain", "anvil");
        string program = Path.Combine(folder, "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil");
        Assert.True(
            File.Exists(program),
            $"The Ethereum node of the tests is not installed; run ./auditintel test, or: (cd {folder} && npm ci --ignore-scripts), or name an anvil with AUDITINTEL_ANVIL.");
        return program;
    }

    private async Task LaunchAsync(int port)
    {
        var start = new ProcessStartInfo(Program(), ["--port", port.ToString(CultureInfo.InvariantCulture), "--no-cors", .. _arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, listening);
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"anvil ended: {Log()}"));
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            Assert.Fail($"anvil could not be started ({e.Message}); ./auditintel test installs what the tests need, or says how to.");
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Port = await listening.Task.WaitAsync(Patience);
        Accounts = [.. (await CallAsync("eth_accounts")).EnumerateArray().Select(account => account.GetString()!.ToLowerInvariant())];
    }

    private void Read(string? line, TaskCompletionSource<int> listening)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        }
    }

    private string Log()
    {
        lock (_log)
        {
            return _log.ToString();
        }
    }

    [GeneratedRegex(@"Listening on 127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
