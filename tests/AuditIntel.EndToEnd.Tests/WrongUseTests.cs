namespace AuditIntel.EndToEnd.Tests;

public sealed class WrongUseTests
{
    [Theory]
    [InlineData("Unrecognized command or argument 'frobnicate'. Try 'auditintel --help'.", "frobnicate")]
    [InlineData("Required argument missing for command: 'ingest'. Try 'auditintel ingest --help'.", "ingest")]
    [InlineData("'no-such-folder' does not exist. Try 'auditintel ingest --help'.", "ingest", "no-such-folder")]
    [InlineData("--bootstrap-servers needs --schema-registry too: the embedded registry serves only the embedded broker. Try 'auditintel run --help'.", "run", "--bootstrap-servers", "localhost:9092")]
    [InlineData("--broker-port 70000 is not a port: say 0 to 65535. Try 'auditintel demo --help'.", "demo", "--broker-port", "70000")]
    public async Task WrongUse_ShouldGetOneSentenceAndExitCode2(string sentence, params string[] arguments)
    {
        using ProgramRun run = ProgramRun.Start(arguments);
        Assert.Equal(2, await run.ExitCodeAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(sentence, run.Error.Trim());
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("ingest")]
    [InlineData("run")]
    [InlineData("stop")]
    [InlineData("topics")]
    [InlineData("topics", "tail")]
    [InlineData("broker")]
    [InlineData("registry")]
    [InlineData("test")]
    public async Task EveryCommand_ShouldHaveHelp(params string[] command)
    {
        using ProgramRun run = ProgramRun.Start([.. command, "--help"]);
        Assert.Equal(0, await run.ExitCodeAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("Description:", run.Output);
    }
}
