using System.CommandLine;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel stop</c>: ends a stack that was left running in the background.</summary>
internal static class StopCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Command command = new("stop", "Stop the stack that '--keep' or 'run' left running on the data folder");
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: false);
            await BackgroundStack.StopAsync(stack.Read(result), report, cancellation);
            return 0;
        });
        return command;
    }
}
