using AuditIntel.Cli.Pipeline;
using AuditIntel.Contracts;

namespace AuditIntel.Cli.Display;

/// <summary>Addresses of a running stack, and a line to copy for each way of looking into it.</summary>
internal static class WhereToLook
{
    public static void Write(ConsoleReport report, Stack stack)
    {
        report.Say($"  Kafka            {stack.Kafka.BootstrapServers}");
        report.Say($"  Schema Registry  {stack.SchemaRegistry}");
        report.Say($"  PostgreSQL       {stack.PostgresForPeople}");
        report.Say($"  Redis            {stack.Redis}");
        report.Say("Look at it:");
        report.Say($"  kcat -b {stack.Kafka.BootstrapServers} -t {Topics.Findings.Name} -C -e -q -f '%k\\n' | sort | uniq -c");
        report.Say($"  {stack.PsqlCommand} -c 'select severity, count(*) from findings group by 1 order by 1'");
        report.Say($"  ./auditintel topics tail {Topics.Findings.Name}");
    }
}
