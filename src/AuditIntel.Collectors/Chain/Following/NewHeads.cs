using System.Net.WebSockets;
using System.Text;
using Polly;
using Polly.Retry;

namespace AuditIntel.Collectors.Chain.Following;

/// <summary>
/// Subscribes to new blocks over a WebSocket (eth_subscribe, newHeads) and connects again whenever that ends. Announcements only wake the
/// collector, which asks for the blocks itself: so double, late and lost ones do no harm.
/// </summary>
internal sealed class NewHeads(Uri address, WakeUp wakeUp, TimeProvider clock, Action<string>? onWarning)
{
    private const int LargestMessage = 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly byte[] Subscribe = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}""");

    /// <summary>Announcements so far, the answer to the subscription included.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    private long _messages;

    /// <summary>Runs until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Without end: without announcements blocks come a little later, by asking from time to time.
        ResiliencePipeline again = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                Delay = TimeSpan.FromMilliseconds(250),
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not OperationCanceledException || !cancellationToken.IsCancellationRequested),
                OnRetry = arguments =>
                {
                    onWarning?.Invoke($"{address.Authority} announces no blocks for now: {arguments.Outcome.Exception?.Message}");
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
        while (!cancellationToken.IsCancellationRequested)
        {
            // A connection that served for a while and then ended begins with short pauses again.
            await again.ExecuteAsync(async token => await ListenAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(15);
        using (var connect = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            connect.CancelAfter(ConnectTimeout);
            await socket.ConnectAsync(address, connect.Token).ConfigureAwait(false);
            await socket.SendAsync(Subscribe, WebSocketMessageType.Text, endOfMessage: true, connect.Token).ConfigureAwait(false);
        }

        byte[] buffer = new byte[16 * 1024];
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                if (Messages > 0)
                {
                    return;
                }

                throw new WebSocketException("The connection was closed before anything was announced.");
            }

            length += part.Count;
            if (length > LargestMessage)
            {
                throw new WebSocketException($"An announcement has more than {LargestMessage} bytes.");
            }

            if (part.EndOfMessage)
            {
                length = 0;
                Interlocked.Increment(ref _messages);
                wakeUp.Call();
            }
        }
    }
}
