using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuditIntel.Collectors.Tests.Chain.Stack;

/// <summary>A JSON-RPC server with a small chain of its own that behaves as badly as it is told to.</summary>
internal sealed class QuirkyNode : IAsyncDisposable
{
    public const int TransactionsInABlock = 3;

    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, int> _asked = new();

    private QuirkyNode(WebApplication server, int head)
    {
        _server = server;
        Head = head;
    }

    public int Head { get; set; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Sees a whole request with its number from 1 and may answer it instead of the node: a status and a body.</summary>
    public Func<int, JsonNode, (int Status, string Body)?> OnRequest { get; set; } = (_, _) => null;

    /// <summary>Headers of answers that are no success.</summary>
    public Dictionary<string, string> FailureHeaders { get; } = [];

    /// <summary>Sees the result of a call and how often the same was asked before, and may put another in its place.</summary>
    public Func<string, JsonArray, int, JsonNode?, JsonNode?> OnResult { get; set; } = (_, _, _, result) => result;

    /// <summary>An error in the place of a call's result; null for none.</summary>
    public Func<string, int, (int Code, string Message)?> OnCall { get; set; } = (_, _) => null;

    /// <summary>Last touch to the answers of a list.</summary>
    public Func<IEnumerable<JsonNode>, IEnumerable<JsonNode>> OnBatch { get; set; } = answers => answers;

    public TimeSpan Delay { get; set; }

    /// <summary>Calls in each request so far.</summary>
    public ConcurrentQueue<int> RequestSizes { get; } = new();

    public ConcurrentQueue<long> RequestTimes { get; } = new();

    public static async Task<QuirkyNode> StartAsync(int head)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        var node = new QuirkyNode(server, head);
        server.MapPost("/", node.AnswerAsync);
        await server.StartAsync();
        node.Address = new Uri(server.Urls.First());
        return node;
    }

    public static string Hash(string kind, int number) => "0x" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {number}")));

    public static string Hex(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        RequestTimes.Enqueue(Environment.TickCount64);
        JsonNode request = (await JsonNode.ParseAsync(context.Request.Body))!;
        RequestSizes.Enqueue(request is JsonArray list ? list.Count : 1);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, context.RequestAborted);
        }

        (int status, string body) = OnRequest(RequestSizes.Count, request) ?? (200, Answer(request));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (status != 200)
        {
            foreach ((string name, string value) in FailureHeaders)
            {
                context.Response.Headers[name] = value;
            }
        }

        await context.Response.WriteAsync(body);
    }

    private string Answer(JsonNode request) => request is JsonArray calls
        ? "[" + string.Join(',', OnBatch(calls.Select(call => AnswerOne(call!)).ToArray()).Select(answer => answer.ToJsonString())) + "]"
        : AnswerOne(request).ToJsonString();

    private JsonObject AnswerOne(JsonNode call)
    {
        string method = call["method"]!.GetValue<string>();
        JsonArray parameters = call["params"]!.AsArray();
        int before = _asked.AddOrUpdate(method + parameters.ToJsonString(), 0, (_, count) => count + 1);
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone() };
        if (OnCall(method, before) is { } error)
        {
            answer["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        }
        else
        {
            answer["result"] = OnResult(method, parameters, before, Result(method, parameters));
        }

        return answer;
    }

    private JsonNode? Result(string method, JsonArray parameters) => method switch
    {
        "eth_chainId" => "0x539",
        "eth_blockNumber" => Hex(Head),
        "eth_getBlockByNumber" => Number(parameters) is var number && number > Head ? null : Block(number, parameters[1]!.GetValue<bool>()),
        "eth_getBlockReceipts" => Number(parameters) is var number && number > Head
            ? null
            : new JsonArray([.. Enumerable.Range(0, TransactionsInABlock).Select(index => Receipt(number, index))]),
        "eth_getTransactionReceipt" => FindReceipt(parameters[0]!.GetValue<string>()),
        _ => throw new InvalidOperationException(method),
    };

    private static int Number(JsonArray parameters) => Convert.ToInt32(parameters[0]!.GetValue<string>(), 16);

    private JsonObject? FindReceipt(string hash)
    {
        for (int number = 0; number <= Head; number++)
        {
            for (int index = 0; index < TransactionsInABlock; index++)
            {
                if (TransactionHash(number, index) == hash)
                {
                    return Receipt(number, index);
                }
            }
        }

        return null;
    }

    public static string TransactionHash(int number, int index) => Hash("transaction", number * 1000 + index);

    private static JsonObject Block(int number, bool withTransactions) => new()
    {
        ["number"] = Hex(number),
        ["hash"] = Hash("block", number),
        ["parentHash"] = Hash("block", number - 1),
        ["timestamp"] = Hex(1_600_000_000 + number * 12),
        ["gasLimit"] = "0x1c9c380",
        ["gasUsed"] = "0xf618",
        ["transactions"] = new JsonArray([.. Enumerable.Range(0, TransactionsInABlock).Select(index => withTransactions ? Transaction(number, index) : (JsonNode)TransactionHash(number, index))]),
    };

    private static JsonObject Transaction(int number, int index) => new()
    {
        ["hash"] = TransactionHash(number, index),
        ["blockHash"] = Hash("block", number),
        ["blockNumber"] = Hex(number),
        ["transactionIndex"] = Hex(index),
        ["from"] = "0x" + new string('1', 40),
        ["to"] = "0x" + new string('2', 40),
        ["value"] = Hex(1_000_000 + number),
        ["gas"] = "0x5208",
        ["gasPrice"] = "0x3b9aca00",
        ["input"] = "0x",
        ["nonce"] = Hex(number * TransactionsInABlock + index),
        ["chainId"] = "0x539",
        ["type"] = "0x0",
    };

    private static JsonObject Receipt(int number, int index) => new()
    {
        ["transactionHash"] = TransactionHash(number, index),
        ["blockHash"] = Hash("block", number),
        ["gasUsed"] = "0x5208",
        ["cumulativeGasUsed"] = Hex(21_000 * (index + 1)),
        ["effectiveGasPrice"] = "0x3b9aca00",
        ["status"] = index == 2 ? "0x0" : "0x1",
        ["contractAddress"] = null,
        ["logs"] = new JsonArray(),
    };
}
