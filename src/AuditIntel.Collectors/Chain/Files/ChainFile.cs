using System.IO.Compression;
using AuditIntel.Collectors.Chain.Labels;
using AuditIntel.Collectors.Files;

namespace AuditIntel.Collectors.Chain.Files;

/// <summary>Recognises files of chain data by their content, and opens them whether they are gzipped or not.</summary>
internal static class ChainFile
{
    private const int PeekedBytes = 64 * 1024;

    private static readonly string[] Extensions = [".csv", ".json", ".jsonl", ".ndjson", ".gz"];

    public static ChainFileFormat Recognise(SourceFile file)
    {
        if (!Array.Exists(Extensions, extension => file.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
        {
            return ChainFileFormat.None;
        }

        using Stream stream = Open(file);
        byte[] head = new byte[PeekedBytes];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> text = head.AsSpan(0, length);
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text["\uFEFF"u8.Length..];
        }

        int begin = text.IndexOfAnyExcept(" \t\r\n"u8);
        return begin < 0 ? ChainFileFormat.None : Recognise(text[begin..]);
    }

    /// <summary>True for files that other collectors leave alone; false also for those that cannot be looked into.</summary>
    public static bool IsChainData(SourceFile file)
    {
        try
        {
            return Recognise(file) != ChainFileFormat.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The file's bytes, unpacked where the file begins as gzip does (RFC 1952).</summary>
    public static Stream Open(SourceFile file)
    {
        var stream = new FileStream(file.FullPath, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 64 * 1024 });
        Span<byte> magic = stackalloc byte[2];
        bool isGzip = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic[0] == 0x1F && magic[1] == 0x8B;
        stream.Position = 0;
        return isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private static ChainFileFormat Recognise(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
        if (text[0] is (byte)'{' or (byte)'[')
        {
            return text.IndexOf("\"jsonrpc\""u8) >= 0 ? ChainFileFormat.RpcAnswer
                : EthereumEtlReader.Recognises(line) ? ChainFileFormat.EthereumEtl
                : ChainFileFormat.None;
        }

        string[] header = CsvLine.Header(line);
        return EtherscanColumns.Recognises(header) ? ChainFileFormat.EtherscanCsv
            : header is ["address", "flag"] ? ChainFileFormat.AccountFlags
            : LabelColumns.Of(header) is not null ? ChainFileFormat.LabelList
            : ChainFileFormat.None;
    }
}
