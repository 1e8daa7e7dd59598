using System.Globalization;
using AuditIntel.Collectors.Chain.JsonRpc;
using AuditIntel.Collectors.Files;

namespace AuditIntel.Collectors.Chain.Files;

/// <summary>
/// Reads files of JSON-RPC answers, as somebody kept them: blocks with the receipts that lie in the same folder. Answers of other calls are
/// passed over.
/// </summary>
internal sealed class RpcAnswerFiles(ChainFileOptions options, Func<SourceFile, string, string, string, byte[], long, ChainCollected> refuse)
{
    /// <summary>The blocks of a folder's files, by number, each with its transactions.</summary>
    public IEnumerable<ChainCollected> Read(IReadOnlyList<SourceFile> folder)
    {
        var receipts = new Dictionary<string, RpcReceipt>();
        var blocks = new List<(SourceFile File, ReadOnlyMemory<byte> Result)>();
        var refused = new List<ChainCollected>();
        foreach (SourceFile file in folder)
        {
            byte[] body = [];
            try
            {
                body = ReadAll(file);
                Sort(file, body, receipts, blocks);
            }
            catch (ChainFormatException e)
            {
                refused.Add(refuse(file, "", e.ErrorClass, e.Message, body, body.Length));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                refused.Add(refuse(file, "", ChainError.UnreadableFile, $"The file cannot be read: {e.Message}", body, body.Length));
            }
        }

        return [.. refused, .. blocks.SelectMany(block => ReadBlock(block.File, block.Result, receipts))];
    }

    private static void Sort(
        SourceFile file, byte[] body, Dictionary<string, RpcReceipt> receipts, List<(SourceFile File, ReadOnlyMemory<byte> Result)> blocks)
    {
        foreach (RpcAnswer answer in RpcEnvelope.Read(body))
        {
            if (answer.Error is { } error)
            {
                throw new ChainFormatException(ChainError.RpcAnswerRefused, string.Create(
                    CultureInfo.InvariantCulture, $"The node answered with error {error.Code}: {error.Message}"));
            }

            ReadOnlySpan<byte> result = answer.Result.Span;
            if (result.IndexOf("\"parentHash\""u8) >= 0)
            {
                blocks.Add((file, answer.Result));
            }
            else if (result.IndexOf("\"cumulativeGasUsed\""u8) >= 0)
            {
                RpcReceiptReader.Read(result, receipts);
            }
        }
    }

    private List<ChainCollected> ReadBlock(SourceFile file, ReadOnlyMemory<byte> result, Dictionary<string, RpcReceipt> receipts)
    {
        var items = new List<ChainCollected>();
        try
        {
            RpcBlock block = RpcBlockReader.Read(result.Span, receipts, options.ChainId, options.Clock.GetUtcNow(), options.FutureTolerance);
            items.Add(new ChainCollected.OfBlock(block.Header));
            items.AddRange(block.Transactions.Select(transaction => new ChainCollected.OfTransaction(transaction)));
            items.AddRange(block.Refused.Select(piece => refuse(file, piece.Place, piece.ErrorClass, piece.Message, piece.Payload, piece.Payload.Length)));
        }
        catch (ChainFormatException e)
        {
            items.Add(refuse(file, "", e.ErrorClass, e.Message, result.ToArray(), result.Length));
        }

        return items;
    }

    private byte[] ReadAll(SourceFile file)
    {
        using Stream stream = ChainFile.Open(file);
        using var body = new MemoryStream();
        byte[] chunk = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            body.Write(chunk, 0, read);
            if (body.Length > options.LargestAnswer)
            {
                throw new ChainFormatException(ChainError.FileTooLarge, string.Create(
                    CultureInfo.InvariantCulture, $"The file has more than {options.LargestAnswer} bytes; split it."));
            }
        }

        return body.ToArray();
    }
}
