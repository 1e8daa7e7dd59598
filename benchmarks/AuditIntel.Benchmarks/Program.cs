using System.CommandLine;
using AuditIntel.Benchmarks.Broker;
using AuditIntel.Benchmarks.Findings;
using AuditIntel.Benchmarks.Streaming;
using AuditIntel.Benchmarks.Transactions;

RootCommand root = new("Benchmarks of AuditIntel.Streams. Each tells its medians, and the machine they were taken on.")
{
    BrokerCommand.Create(),
    StreamingCommand.Create(),
    TransactionsCommand.Create(),
    DuplicatesCommand.Create(),
    FindingsCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
