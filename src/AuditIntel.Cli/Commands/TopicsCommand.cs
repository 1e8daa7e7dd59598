using System.CommandLine;
using System.Globalization;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Kafka;
using Spectre.Console;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel topics</c>: what is on the topics.</summary>
internal static class TopicsCommand
{
    public static Command Create()
    {
        var stack = new StackOptionSet();
        Command command = new("topics", "List topics with the number of their records") { TopicsTailCommand.Create() };
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: true);
            await using Stack services = await Stack.StartAsync(stack.Read(result).KafkaOnly(), report, cancellation);
            using var admin = new TopicAdmin(services.Kafka);
            IReadOnlyList<TopicDescription> topics = await admin.ListTopicsAsync(cancellation);
            ILookup<string, OffsetRange> offsets = (await admin.OffsetsAsync(topics.Select(topic => topic.Name), cancellation)).ToLookup(range => range.Partition.Topic);
            Table table = new Table().Border(TableBorder.Rounded)
                .AddColumn("topic").AddColumn(new TableColumn("partitions").RightAligned()).AddColumn(new TableColumn("records").RightAligned());
            foreach (TopicDescription topic in topics)
            {
                table.AddRow(
                    Markup.Escape(topic.Name),
                    topic.Partitions.ToString(CultureInfo.InvariantCulture),
                    offsets[topic.Name].Sum(range => range.End - range.Begin).ToString(CultureInfo.InvariantCulture));
            }

            ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output).Write(table);
            return 0;
        });
        return command;
    }
}
