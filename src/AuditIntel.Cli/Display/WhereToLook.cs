using AuditIntel.Cli.Pipeline;
using AuditIntel.Contracts;
using Spectre.Console;

namespace AuditIntel.Cli.Display;

/// <summary>Ports of a running stack, and a line to copy for each way of looking into it.</summary>
internal static class WhereToLook
{
    public static void Write(IAnsiConsole console, Stack stack)
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("");
        table.AddRow("Kafka", Markup.Escape(stack.Kafka.BootstrapServers));
        table.AddRow("Schema Registry", Markup.Escape(stack.SchemaRegistry.ToString()));
        table.AddRow("PostgreSQL", Markup.Escape(stack.PostgresForPeople));
        table.AddRow("Redis", Markup.Escape(stack.Redis));
        console.Write(table);
        console.WriteLine("Look at it:");
        console.WriteLine($"  kcat -b {stack.Kafka.BootstrapServers} -t {Topics.Findings.Name} -C -o beginning -e -f '%k\\n' | sort | uniq -c");
        console.WriteLine($"  {stack.PsqlCommand} -c 'select severity, count(*) from findings group by 1 order by 1'");
        console.WriteLine($"  ./auditintel topics tail {Topics.Findings.Name}");
    }
}
