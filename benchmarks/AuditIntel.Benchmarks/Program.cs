using System.CommandLine;
using AuditIntel.Benchmarks.Broker;
using AuditIntel.Benchmarks.Findings;
using AuditIntel.Benchmarks.Streaming;

RootCommand root = new("Benchmarks of AuditIntel.Streams. Each tells its medians, and the machine they were taken on.")
{
    BrokerCommand.Create(),
    StreamingCommand.Create(),
    DuplicatesCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
