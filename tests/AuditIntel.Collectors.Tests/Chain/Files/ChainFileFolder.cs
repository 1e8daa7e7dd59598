using System.IO.Compression;
using System.Text;
using AuditIntel.Collectors.Chain;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Chain.Files;

/// <summary>A folder of small files, and what the collector makes of them.</summary>
internal sealed class ChainFileFolder : IDisposable
{
    public const string Header = "blockNumber,timeStamp,hash,nonce,transactionIndex,from,to,value,gas,gasPrice,gasUsed,isError,contractAddress,inputBytes,input,functionName,accountId";

    public static readonly string Hash = "0x" + new string('a', 64);
    public static readonly string From = "0x" + new string('1', 40);
    public static readonly string To = "0x" + new string('2', 40);

    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-chain-files-").FullName;

    public ChainFileOptions Options { get; set; } = new();

    /// <summary>A good row; each argument replaces the value of one column.</summary>
    public static string Row(params (string Column, string Value)[] changes)
    {
        Dictionary<string, string> values = new()
        {
            ["blockNumber"] = "100",
            ["timeStamp"] = "1600000000",
            ["hash"] = Hash,
            ["nonce"] = "7",
            ["transactionIndex"] = "3",
            ["from"] = From,
            ["to"] = To,
            ["value"] = "1000000000000000000",
            ["gas"] = "21000",
            ["gasPrice"] = "50000000000",
            ["gasUsed"] = "21000",
            ["isError"] = "0",
            ["input"] = "0x",
            ["inputBytes"] = "0",
        };
        foreach ((string column, string value) in changes)
        {
            values[column] = value;
        }

        return string.Join(',', Header.Split(',').Select(column => values.GetValueOrDefault(column, "")));
    }

    public void Write(string name, params string[] lines) => Write(name, Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    public static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    public ChainCollected[] Collect() => [.. new ChainFileCollector([_folder], Options).Collect()];

    public static ChainTransaction[] Transactions(IEnumerable<ChainCollected> items) =>
        [.. items.OfType<ChainCollected.OfTransaction>().Select(item => item.Transaction)];

    public static DeadLetter[] Letters(IEnumerable<ChainCollected> items) => [.. items.OfType<ChainCollected.OfDeadLetter>().Select(item => item.Letter)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
