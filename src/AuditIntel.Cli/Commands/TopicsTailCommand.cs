using System.CommandLine;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel topics tail NAME</c>: decoded records, one JSON object a line.</summary>
internal static class TopicsTailCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Argument<string> topic = new("NAME") { Description = "Topic to read" };
        Option<int> count = new("--count", "-n") { Description = "Newest records of each partition to print", HelpName = "N", DefaultValueFactory = _ => 10 };
        Option<bool> follow = new("--follow", "-f") { Description = "Go on with what comes, until Ctrl-C" };
        Command command = new("tail", "Print a topic's newest records, decoded, one JSON object a line") { topic, count, follow };
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: true);
            await using Stack services = await Stack.StartAsync(stack.Read(result).KafkaOnly(), report, cancellation);
            await new TopicTail(services, result.InvocationConfiguration.Output).PrintAsync(
                result.GetValue(topic)!, Math.Max(0, result.GetValue(count)), result.GetValue(follow), cancellation);
            return 0;
        });
        return command;
    }
}
