using System.Globalization;
using AuditIntel.Collectors.Chain.JsonRpc;
using AuditIntel.Collectors.Chain.Values;

namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>A chain as its nodes tell it: head, hashes, and blocks with their receipts. Safe for concurrent use.</summary>
internal sealed class ChainNode : IDisposable
{
    private readonly NodePool _pool;
    private readonly NodeOptions _options;
    private readonly TimeSpan _futureTolerance;
    private readonly Action<string>? _onWarning;

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public ChainNode(NodeOptions options, TimeSpan futureTolerance, Action<string>? onWarning)
    {
        _pool = new NodePool(options, onWarning);
        _options = options;
        _futureTolerance = futureTolerance;
        _onWarning = onWarning;
    }

    public Task<long> ChainIdAsync(CancellationToken cancellationToken) => _pool.ChainIdAsync(cancellationToken);

    /// <summary>Number of the newest block.</summary>
    public Task<long> HeadAsync(CancellationToken cancellationToken) => _pool.AskAsync(
        static async (endpoint, token) =>
        {
            RpcAnswer answer = await endpoint.AskAsync(RpcCall.BlockNumber, token).ConfigureAwait(false);
            ReadOnlyMemory<byte> text = answer.Result.Span.StartsWith("\""u8) ? answer.Result[1..^1] : answer.Result;
            return ChainNumber.ReadLong(text.Span, out long number) == NumberFault.None
                ? number
                : throw new NodeException(NodeErrorKind.Malformed, $"{endpoint.Name} answers eth_blockNumber with no number.");
        },
        cancellationToken);

    /// <summary>Hashes of blocks, null for heights that the node does not have; all from one endpoint.</summary>
    public Task<string?[]> HashesAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) => _pool.AskAsync(
        async (endpoint, token) =>
        {
            RpcAnswer[] answers = await endpoint.AskAsync([.. numbers.Select(number => RpcCall.Block(number, withTransactions: false))], token).ConfigureAwait(false);
            return answers.Select(answer => Checked(endpoint, answer, "eth_getBlockByNumber").IsNull ? null : Parsed(endpoint, () => RpcBlockReader.ReadHashes(answer.Result.Span).Hash)).ToArray();
        },
        cancellationToken);

    /// <summary>
    /// The blocks of a range, each with receipts. Where a block or receipts are missing other endpoints are asked, and the same ones later; a
    /// height that stays missing ends the list, receipts that stay missing leave the status of their transactions unknown.
    /// </summary>
    /// <exception cref="NodeException">No endpoint gives a good answer.</exception>
    public async Task<IReadOnlyList<NodeBlock>> BlocksAsync(long from, int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<NodeBlock> best = [];
        try
        {
            return await _pool.AskAsync(
                async (endpoint, token) =>
                {
                    IReadOnlyList<NodeBlock> blocks = await FetchAsync(endpoint, from, count, token).ConfigureAwait(false);
                    best = blocks.Count(IsWhole) >= best.Count(IsWhole) ? blocks : best;
                    return blocks.All(IsWhole) ? blocks : throw Incomplete(endpoint, blocks.First(block => !IsWhole(block)));
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (NodeException e) when (e.Kind is NodeErrorKind.NotThere or NodeErrorKind.Malformed && best.Count > 0 && !best[0].IsMissing)
        {
            NodeBlock[] usable = [.. best.TakeWhile(block => !block.IsMissing)];
            foreach (NodeBlock block in usable.Where(block => block.Block is { WithoutReceipt: > 0 }))
            {
                _onWarning?.Invoke(string.Create(
                    CultureInfo.InvariantCulture, $"Block {block.Number} lacks {block.Block!.WithoutReceipt} receipts on every endpoint; the status of these transactions stays unknown."));
            }

            return usable;
        }
    }

    public void Dispose() => _pool.Dispose();

    private static bool IsWhole(NodeBlock block) => block.Block is { WithoutReceipt: 0 };

    private static NodeException Incomplete(NodeEndpoint endpoint, NodeBlock block) =>
        block.Refused is { } refused
            ? new NodeException(NodeErrorKind.Malformed, string.Create(CultureInfo.InvariantCulture, $"{endpoint.Name} gives block {block.Number} so that it cannot be taken: {refused.Message}"))
            : new NodeException(NodeErrorKind.NotThere, string.Create(
                CultureInfo.InvariantCulture,
                $"{endpoint.Name} does not have {(block.Block is { } known ? $"{known.WithoutReceipt} receipts of block" : "block")} {block.Number} yet."));

    private async Task<IReadOnlyList<NodeBlock>> FetchAsync(NodeEndpoint endpoint, long from, int count, CancellationToken cancellationToken)
    {
        bool withReceipts = endpoint.HasBlockReceipts;
        RpcCall[] calls =
        [
            .. Range(from, count).Select(number => RpcCall.Block(number, withTransactions: true)),
            .. withReceipts ? Range(from, count).Select(RpcCall.BlockReceipts) : [],
        ];
        RpcAnswer[] answers = await endpoint.AskAsync(calls, cancellationToken).ConfigureAwait(false);
        var receipts = new Dictionary<string, RpcReceipt>();
        for (int i = count; i < answers.Length; i++)
        {
            ReadReceipts(endpoint, answers[i], receipts);
        }

        await FetchMissingReceiptsAsync(endpoint, answers.Take(count), receipts, cancellationToken).ConfigureAwait(false);
        long chainId = endpoint.ChainId!.Value;
        return [.. Range(from, count).Select((number, i) => Read(endpoint, number, answers[i], receipts, chainId))];
    }

    /// <summary>Receipts one by one: of nodes without eth_getBlockReceipts, and where that gave too few.</summary>
    private static async Task FetchMissingReceiptsAsync(
        NodeEndpoint endpoint, IEnumerable<RpcAnswer> blocks, Dictionary<string, RpcReceipt> receipts, CancellationToken cancellationToken)
    {
        var missing = new List<RpcCall>();
        foreach (RpcAnswer answer in blocks.Where(answer => answer.Error is null && !answer.IsNull))
        {
            try
            {
                (string hash, IReadOnlyList<string> transactions) = RpcBlockReader.ReadHashes(answer.Result.Span);
                missing.AddRange(transactions
                    .Where(transaction => !receipts.TryGetValue(transaction, out RpcReceipt? receipt) || (receipt.BlockHash is { } block && block != hash))
                    .Select(RpcCall.Receipt));
            }
            catch (ChainFormatException)
            {
                // The block is read again below, and refused there with its reason.
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        foreach (RpcAnswer answer in await endpoint.AskAsync(missing, cancellationToken).ConfigureAwait(false))
        {
            ReadReceipts(endpoint, answer, receipts);
        }
    }

    private static void ReadReceipts(NodeEndpoint endpoint, RpcAnswer answer, Dictionary<string, RpcReceipt> receipts)
    {
        if (answer.Error is { } error)
        {
            // Whatever else it was, these receipts are asked for one by one.
            if (NodeErrors.KindOf(error) == NodeErrorKind.MethodMissing)
            {
                endpoint.HasBlockReceipts = false;
            }

            return;
        }

        try
        {
            if (!answer.IsNull)
            {
                RpcReceiptReader.Read(answer.Result.Span, receipts);
            }
        }
        catch (ChainFormatException e)
        {
            throw new NodeException(NodeErrorKind.Malformed, $"{endpoint.Name} gives receipts that cannot be taken: {e.Message}", innerException: e);
        }
    }

    private NodeBlock Read(NodeEndpoint endpoint, long number, RpcAnswer answer, Dictionary<string, RpcReceipt> receipts, long chainId)
    {
        if (Checked(endpoint, answer, "eth_getBlockByNumber").IsNull)
        {
            return new NodeBlock(number, null, null);
        }

        string place = string.Create(CultureInfo.InvariantCulture, $"block {number}");
        try
        {
            RpcBlock block = RpcBlockReader.Read(answer.Result.Span, receipts, chainId, _options.Clock.GetUtcNow(), _futureTolerance);
            int told = block.Transactions.Count + block.Refused.Count;
            string? fault = block.Header.Number != number
                ? string.Create(CultureInfo.InvariantCulture, $"The answer holds block {block.Header.Number}.")
                : told != block.Header.TransactionCount
                    ? string.Create(CultureInfo.InvariantCulture, $"The answer holds only {told} of {block.Header.TransactionCount} transactions, and hashes of the others.")
                    : null;
            return fault is null
                ? new NodeBlock(number, block, null)
                : new NodeBlock(number, null, new RefusedPiece(place, ChainError.InconsistentBlock, fault, answer.Result.ToArray()));
        }
        catch (ChainFormatException e)
        {
            return new NodeBlock(number, null, new RefusedPiece(place, e.ErrorClass, e.Message, answer.Result.ToArray()));
        }
    }

    private static RpcAnswer Checked(NodeEndpoint endpoint, RpcAnswer answer, string method) =>
        answer.Error is not { } error ? answer
        : NodeErrors.KindOf(error) == NodeErrorKind.NotThere ? new RpcAnswer(answer.Id, "null"u8.ToArray(), null)
        : throw NodeErrors.Of(endpoint.Name, error, method);

    private static T Parsed<T>(NodeEndpoint endpoint, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ChainFormatException e)
        {
            throw new NodeException(NodeErrorKind.Malformed, $"{endpoint.Name} gives a block that cannot be taken: {e.Message}", innerException: e);
        }
    }

    private static IEnumerable<long> Range(long from, int count)
    {
        for (long number = from; number < from + count; number++)
        {
            yield return number;
        }
    }
}
