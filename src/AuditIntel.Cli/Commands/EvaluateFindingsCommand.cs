using System.CommandLine;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Training;
using AuditIntel.Intelligence.Findings.Evaluation;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel evaluate findings DATA</c>: the finding models on contests that they were not trained on.</summary>
internal static class EvaluateFindingsCommand
{
    public static Command Create()
    {
        Argument<string> data = new("DATA") { Description = "Folder with findings/ and labels/web3bugs.csv" };
        Option<string?> train = new("--train") { Description = "Train on this folder instead of DATA's other contests", HelpName = "DATA" };
        Option<bool> json = new("--json") { Description = "Print the result as one JSON object, and nothing else on standard output" };
        Option<string?> pairs = new("--pairs") { Description = "Also write the features of every judged pair, for other programs", HelpName = "FILE" };
        Option<long> seed = new("--seed") { Description = "Same seed and data, same result", HelpName = "N", DefaultValueFactory = _ => 1 };
        data.MustBeFolder();
        train.MustBeFolder();
        Command command = new("findings", "Judge duplicates, severity and bug classes on contests they were not trained on") { data, train, json, pairs, seed };
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: result.GetValue(json));
            report.Say("  read ...");
            IReadOnlyList<LabelledFinding> judged = LabelledFindingsFolder.Read(result.GetValue(data)!, cancellation);
            if (result.GetValue(pairs) is { } file)
            {
                report.Say($"  write {file} ...");
                await using StreamWriter writer = File.CreateText(file);
                FindingsEvaluation.WritePairs(judged, writer);
            }

            IReadOnlyList<LabelledFinding>? other = result.GetValue(train) is { } folder ? LabelledFindingsFolder.Read(folder, cancellation) : null;
            FindingsEvaluationResult evaluation = FindingsEvaluation.Run(judged, other, result.GetValue(seed), step => report.Say($"  {step} ..."), cancellation);
            if (result.GetValue(json))
            {
                await result.InvocationConfiguration.Output.WriteLineAsync(FindingsEvaluationJson.Write(evaluation));
            }
            else
            {
                FindingsTables.WriteEvaluation(ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output), evaluation);
            }

            return 0;
        });
        return command;
    }
}
