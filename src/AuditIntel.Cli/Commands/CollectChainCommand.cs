using System.CommandLine;
using System.CommandLine.Parsing;
using AuditIntel.Cli.Collection;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel collect chain</c>: blocks and transactions of nodes onto their topics.</summary>
internal static class CollectChainCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Option<string[]> rpc = new("--rpc")
        {
            Description = "HTTP endpoints of a chain, the preferred one first, the others stand in for it; once for each chain [environment: AUDITINTEL_RPC, chains separated by blanks]",
            HelpName = "URL[,URL]",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> socket = new("--ws")
        {
            Description = "WebSocket endpoint that announces new blocks; once for each chain, in the order of --rpc [environment: AUDITINTEL_WS]",
            HelpName = "URL",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<long?> from = new("--from") { Description = "First block; without it the collection begins at the head", HelpName = "N" };
        Option<long?> to = new("--to") { Description = "Last block; without it the collection goes on until Ctrl-C", HelpName = "M" };
        Option<int> confirmations = new("--confirmations") { Description = "Blocks that must stand on a block before it is taken", HelpName = "K" };
        Option<long?> chainId = new("--chain-id") { Description = "Chain that every endpoint must serve; without it that of the first one that answers", HelpName = "ID" };
        Option<double> pace = new("--requests-per-second") { Description = "Most requests a second to one endpoint; 0 for no limit", HelpName = "N", DefaultValueFactory = _ => 25 };
        Command command = new("chain", "Follow nodes of one or several chains, or fetch a range of blocks") { rpc, socket, from, to, confirmations, chainId, pace };
        stack.AddTo(command);

        ChainCollectionSettings Read(SymbolResult result) => new()
        {
            Endpoints = Given(result.GetValue(rpc), "AUDITINTEL_RPC"),
            WebSockets = Given(result.GetValue(socket), "AUDITINTEL_WS"),
            From = result.GetValue(from),
            To = result.GetValue(to),
            Confirmations = result.GetValue(confirmations),
            ChainId = result.GetValue(chainId),
            RequestsPerSecond = result.GetValue(pace),
        };

        command.Validators.Add(result =>
        {
            if (!result.Errors.Any() && Read(result).Validate().FirstOrDefault() is { } error)
            {
                result.AddError(error);
            }
        });
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: false);
            await using Stack services = await Stack.StartAsync(stack.Read(result).KafkaOnly(), report, cancellation);
            await new ChainCollection(services, report).RunAsync(Read(result.CommandResult), cancellation);
            return 0;
        });
        return command;
    }

    /// <summary>Addresses often hold API keys, which then stay out of the list of processes.</summary>
    private static string[] Given(string[]? given, string variable) =>
        given is { Length: > 0 }
            ? given
            : (Environment.GetEnvironmentVariable(variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
