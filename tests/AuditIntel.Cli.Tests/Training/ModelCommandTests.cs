using System.Text;
using System.Text.Json;
using AuditIntel.Cli.Commands;
using AuditIntel.Intelligence.Transactions.Artefacts;

namespace AuditIntel.Cli.Tests.Training;

public sealed class ModelCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-models-").FullName;

    [Theory]
    [InlineData("")]
    [InlineData("chain")]
    public async Task Evaluate_ShouldPrintTheMeasuresOfEveryModel_FromEitherLayout(string layout)
    {
        string data = Write("data", layout, seed: 1);
        (int exit, string output, _) = await RunAsync("evaluate", "transactions", data, "--json");
        Assert.Equal(0, exit);
        using var json = JsonDocument.Parse(output);
        foreach (string model in new[] { "isolationForest", "supervised", "ensemble" })
        {
            foreach (string measure in new[] { "rocAuc", "averagePrecision", "perAccountRocAuc", "scoredPerSecond" })
            {
                Assert.InRange(json.RootElement.GetProperty(model).GetProperty(measure).GetDouble(), 0.01, 1e12);
            }
        }
    }

    [Fact]
    public async Task Evaluate_ShouldJudgeOneFolder_AfterTrainingOnAnother()
    {
        (int exit, string output, _) = await RunAsync("evaluate", "transactions", Write("judged", "", seed: 2), "--train", Write("training", "chain", seed: 1), "--json");
        Assert.Equal(0, exit);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(AccountsOfFile, json.RootElement.GetProperty("judgedAccounts").GetInt32());
        Assert.InRange(json.RootElement.GetProperty("supervised").GetProperty("rocAuc").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task Train_ShouldWriteAModelThatLoads()
    {
        string file = Path.Combine(_folder, "out", "transactions.model");
        (int exit, string output, _) = await RunAsync("train", "transactions", Write("data", "", seed: 1), "--out", file);
        Assert.Equal(0, exit);
        byte[] artefact = await File.ReadAllBytesAsync(file);
        Assert.Equal(AccountsOfFile, TransactionModelArtefact.Read(artefact).Training.Accounts);
        Assert.Contains(TransactionModelArtefact.IdOf(artefact), output);
    }

    [Fact]
    public async Task Folder_ShouldBeNamed_WhenItHoldsNoTransactions()
    {
        (int exit, _, string error) = await RunAsync("evaluate", "transactions", _folder);
        Assert.Equal(AuditIntelProgram.Failure, exit);
        Assert.Contains("has no transactions", error);
        Assert.Equal(AuditIntelProgram.WrongUse, (await RunAsync("train", "transactions", Path.Combine(_folder, "nowhere"))).Exit);
    }

    [Fact]
    public async Task DamagedFile_ShouldBeNamedWithItsLine()
    {
        string data = Write("data", "", seed: 1);
        string file = Path.Combine(data, "transactions", "transactions.csv");
        await File.AppendAllTextAsync(file, "1,2,3\n");
        (int exit, _, string error) = await RunAsync("evaluate", "transactions", data);
        Assert.Equal(AuditIntelProgram.Failure, exit);
        Assert.Contains($"{file}: Line {(AccountsOfFile * 10) + 2}: ", error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const int AccountsOfFile = 300;

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exit = await AuditIntelProgram.RunAsync(args, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    // A third of the accounts collects round amounts from strangers; the others pay each other.
    private string Write(string name, string layout, int seed)
    {
        string data = Path.Combine(_folder, name);
        string chain = Path.Combine(data, layout);
        Directory.CreateDirectory(Path.Combine(chain, "transactions"));
        Directory.CreateDirectory(Path.Combine(chain, "labels"));
        var random = new Random(seed);
        var rows = new StringBuilder(
            "blockNumber,timeStamp,hash,nonce,transactionIndex,from,to,value,gas,gasPrice,gasUsed,isError,contractAddress,inputBytes,input,functionName,accountId\n");
        var flags = new StringBuilder("address,flag\n");
        for (int number = 0; number < AccountsOfFile; number++)
        {
            string account = Address(seed, number);
            bool flagged = number % 3 == 0;
            flags.Append(account).Append(flagged ? ",1\n" : ",0\n");
            for (int i = 0; i < 10; i++)
            {
                long time = 1_500_000_000 + (i * 1000) + random.Next(1_000_000);
                string other = flagged ? Address(seed + 50, random.Next()) : Address(seed, random.Next(AccountsOfFile));
                string value = flagged ? $"{1 + random.Next(9)}00000000000000000" : $"{random.NextInt64(1, 1_000_000_000_000_000_000)}";
                rows.Append($"{time / 13},{time},0x{number:x32}{i:x32},{i},0,{(flagged ? other : account)},{(flagged ? account : other)},{value},21000,")
                    .Append($"{1_000_000_000 + random.Next(1_000_000_000)},21000,0,,0,0x,,{account}\n");
            }
        }

        File.WriteAllText(Path.Combine(chain, "transactions", "transactions.csv"), rows.ToString());
        File.WriteAllText(Path.Combine(chain, "labels", "account-flags.csv"), flags.ToString());
        return data;
    }

    private static string Address(int family, int number) => $"0x{family + 1:x8}{number:x32}";
}
