using System.CommandLine;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel train</c>: models from labelled data.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train", "Train a model on labelled data and write it to a file")
    {
        TrainTransactionsCommand.Create(),
        TrainFindingsCommand.Create(),
    };
}
