using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AuditIntel.Collectors.Tests.Chain.Stack;
using AuditIntel.DevStack;
using Npgsql;

namespace AuditIntel.EndToEnd.Tests;

/// <summary>From a real node to row and alert, all roles running, and back again when the chain changes its mind.</summary>
public sealed class LiveChainTests
{
    private const long Ether = 1_000_000_000_000_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task TransactionOfAWatchedAddress_ShouldBeScoredStoredAndTold_AndTakenBackByAReorganisation()
    {
        await using AnvilNode node = await AnvilNode.StartAsync();
        await using var folder = new DataFolder();
        using var receiver = new Receiver();
        string watched = node.Accounts[3].ToLowerInvariant();
        string alerts = Path.Combine(folder.Path, "alerts.yaml");
        await File.WriteAllTextAsync(alerts, $$"""
            rules:
              - { id: watched, when: { addresses: ["{{watched}}"] }, window: 0s, deduplicateBy: transaction, channels: [hook] }
            channels:
              hook: { type: webhook, url: {{receiver.Url}} }
            """);
        using ProgramRun run = ProgramRun.Start("run", "--alerts", alerts, "--data-dir", folder.Path);
        await folder.ReadyAsync();
        using ProgramRun collect = ProgramRun.Start("collect", "chain", "--rpc", node.Address.ToString(), "--from", "0", "--data-dir", folder.Path);
        await using NpgsqlConnection database = await folder.DatabaseAsync();

        string ordinary = await node.SendAsync(0, node.Accounts[1], Ether);
        string told = await node.SendAsync(1, watched, Ether);
        await UntilAsync(run, database, $"select count(*) = 2 from transactions join scorers on scorers.id = scorer where model_id <> '' and not removed and hash in (unhex('{ordinary}'), unhex('{told}'))");
        JsonElement fired = await receiver.NextAsync(Patience);
        Assert.Equal(("firing", "watched", told), Alert(fired));

        await node.CallAsync("anvil_rollback", 1);
        await node.SendAsync(2, node.Accounts[4], Ether);
        await node.MineAsync(2);
        await UntilAsync(run, database, $"select removed from transactions where hash = unhex('{told}')");
        JsonElement resolved = await receiver.NextAsync(Patience);
        Assert.Equal(("resolved", "watched", told), Alert(resolved));
        Assert.Equal(fired.GetProperty("id").GetString(), resolved.GetProperty("id").GetString());
        await UntilAsync(run, database, "select resolved from alerts where rule_id = 'watched'");
    }

    private static (string? State, string? Rule, string? Hash) Alert(JsonElement alert) =>
        (alert.GetProperty("state").GetString(), alert.GetProperty("ruleId").GetString(), alert.GetProperty("transactionHash").GetString());

    private static async Task UntilAsync(ProgramRun run, NpgsqlConnection database, string condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            Assert.False(run.HasExited, run.Error);
            await using var command = new NpgsqlCommand(condition, database);
            if (await command.ExecuteScalarAsync(deadline.Token) is true)
            {
                return;
            }

            await Task.Delay(50, deadline.Token);
        }
    }

    /// <summary>A webhook's other end.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly BlockingCollection<JsonElement> _bodies = [];

        public Receiver()
        {
            Url = $"http://127.0.0.1:{FreePort.Choose(0)}/";
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _ = AnswerAsync();
        }

        public string Url { get; }

        public Task<JsonElement> NextAsync(TimeSpan timeout) => Task.Run(() =>
            _bodies.TryTake(out JsonElement body, timeout) ? body : throw new TimeoutException("The webhook was not called."));

        public void Dispose() => _listener.Close();

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    Assert.NotEmpty(context.Request.Headers["Idempotency-Key"]!);
                    using JsonDocument body = await JsonDocument.ParseAsync(context.Request.InputStream);
                    _bodies.Add(body.RootElement.Clone());
                    context.Response.StatusCode = 204;
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
