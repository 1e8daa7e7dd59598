using System.CommandLine;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel evaluate</c>: how good models are on data that they were not trained on.</summary>
internal static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Train models on one part of labelled data and judge them on another")
    {
        EvaluateTransactionsCommand.Create(),
        EvaluateFindingsCommand.Create(),
    };
}
