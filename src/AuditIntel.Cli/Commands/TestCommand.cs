using System.CommandLine;

namespace AuditIntel.Cli.Commands;

/// <summary>Stands here for <c>--help</c>: the launcher script runs the tests, since they build the solution first.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        Command command = new("test", "Run every test there is; installs what the tests need")
        {
            new Option<string>("--filter") { Description = "Only the tests that match, as 'dotnet test --filter' takes it", HelpName = "EXPRESSION" },
            new Option<string>("--bootstrap-servers") { Description = "Run the streaming conformance and integration tests on this Kafka", HelpName = "HOST:PORT" },
            new Option<bool>("--soak") { Description = "Run the long checks whole, with reports in artifacts/soak" },
        };
        command.SetAction(result =>
        {
            result.InvocationConfiguration.Error.WriteLine("Start the tests through the launcher: ./auditintel test.");
            return AuditIntelProgram.WrongUse;
        });
        return command;
    }
}
