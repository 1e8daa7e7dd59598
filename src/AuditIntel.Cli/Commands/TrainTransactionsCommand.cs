using System.CommandLine;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Training;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions.Artefacts;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Training;
using AuditIntel.Topologies.Transactions;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel train transactions DATA</c>: a model artefact from labelled transactions.</summary>
internal static class TrainTransactionsCommand
{
    public static Command Create()
    {
        Argument<string> data = new("DATA") { Description = "Folder with chain/transactions and chain/labels, or its chain folder" };
        Option<string> file = new("--out") { Description = "File to write the model to", HelpName = "FILE", DefaultValueFactory = _ => "transactions.model" };
        Option<long> seed = new("--seed") { Description = "Same seed and data, same model byte for byte", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<bool> choose = new("--choose-signals") { Description = "Improve what the isolation forest watches on the training accounts first" };
        Option<bool> publish = new("--publish") { Description = "Also put it onto the topic of models: every scoring task takes it up at once" };
        var stack = new StackOptionSet();
        data.MustBeFolder();
        Command command = new("transactions", "Train the model that scores chain transactions") { data, file, seed, choose, publish };
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: false);
            report.Say("  read ...");
            IReadOnlyList<LabelledTransaction> stream = LabelledChainFolder.Read(result.GetValue(data)!, cancellation);
            report.Say("  features ...");
            TransactionMatrix rows = TransactionMatrix.Extract(stream, cancellation);
            var options = new TrainingOptions { Seed = result.GetValue(seed), ChooseSignals = result.GetValue(choose) };
            TransactionModel model = TransactionModelTrainer.Train(rows, options, step => report.Say($"  {step} ..."), cancellation);
            byte[] artefact = TransactionModelArtefact.Write(model);
            await ModelFile.WriteAsync(result.GetValue(file)!, artefact, cancellation);
            ModelTables.WriteTraining(ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output), model.Training, result.GetValue(file)!, artefact);
            if (result.GetValue(publish))
            {
                ModelArtifact record = TransactionModelRecord.Of(model, result.GetValue(data)!, TimeProvider.System.GetUtcNow());
                await ModelPublisher.PublishAsync(stack.Read(result), record, report, cancellation);
            }

            return 0;
        });
        return command;
    }
}
