using System.CommandLine;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Training;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel evaluate transactions DATA</c>: the transaction models on accounts that they were not trained on.</summary>
internal static class EvaluateTransactionsCommand
{
    public static Command Create()
    {
        Argument<string> data = new("DATA") { Description = "Folder with chain/transactions and chain/labels, or its chain folder" };
        Option<string?> train = new("--train") { Description = "Train on this folder's accounts instead of 70 % of DATA's", HelpName = "DATA" };
        Option<bool> json = new("--json") { Description = "Print the result as one JSON object, and nothing else on standard output" };
        Option<string?> features = new("--features") { Description = "Also write every feature vector with its label, for other programs", HelpName = "FILE" };
        Option<long> seed = new("--seed") { Description = "Same seed and data, same models", HelpName = "N", DefaultValueFactory = _ => 1 };
        data.MustBeFolder();
        train.MustBeFolder();
        Command command = new("transactions", "Judge isolation forest, supervised model and ensemble on accounts they were not trained on") { data, train, json, features, seed };
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: result.GetValue(json));
            report.Say("  read ...");
            IReadOnlyList<LabelledTransaction> stream = LabelledChainFolder.Read(result.GetValue(data)!, cancellation);
            if (result.GetValue(features) is { } file)
            {
                report.Say($"  write {file} ...");
                await FeatureFile.WriteAsync(file, stream, cancellation);
            }

            var options = new TrainingOptions { Seed = result.GetValue(seed) };
            void Progress(string step) => report.Say($"  {step} ...");
            EvaluationResult evaluation = result.GetValue(train) is { } other
                ? TransactionEvaluation.Run(stream, LabelledChainFolder.Read(other, cancellation), options, Progress, cancellation)
                : TransactionEvaluation.Run(stream, options, Progress, cancellation);
            if (result.GetValue(json))
            {
                await result.InvocationConfiguration.Output.WriteLineAsync(EvaluationJson.Write(evaluation));
            }
            else
            {
                ModelTables.WriteEvaluation(ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output), evaluation);
            }

            return 0;
        });
        return command;
    }
}
