using System.CommandLine;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Training;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Topologies.Findings;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel train findings DATA</c>: a model artefact from labelled findings.</summary>
internal static class TrainFindingsCommand
{
    public static Command Create()
    {
        Argument<string> data = new("DATA") { Description = "Folder with findings/ and labels/web3bugs.csv" };
        Option<string> file = new("--out") { Description = "File to write the model to", HelpName = "FILE", DefaultValueFactory = _ => FindingsModelFile.DefaultName };
        Option<long> seed = new("--seed") { Description = "Same seed and data, same model byte for byte", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<bool> publish = new("--publish") { Description = "Also put it onto the topic of models: the findings topology takes it up at once" };
        var stack = new StackOptionSet();
        data.MustBeFolder();
        Command command = new("findings", "Train the models of duplicates, types and severity") { data, file, seed, publish };
        stack.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var report = new ConsoleReport(result.InvocationConfiguration.Error, quiet: false);
            report.Say("  read ...");
            FindingsModel model = FindingsModelTrainer.Train(
                LabelledFindingsFolder.Read(result.GetValue(data)!, cancellation), result.GetValue(seed), step => report.Say($"  {step} ..."), cancellation);
            byte[] artefact = FindingsModelArtefact.Write(model);
            await ModelFile.WriteAsync(result.GetValue(file)!, artefact, cancellation);
            FindingsTables.WriteTraining(ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output), model.Training, result.GetValue(file)!, artefact);
            if (result.GetValue(publish))
            {
                ModelArtifact record = FindingsModelRecord.Of(model, result.GetValue(data)!, TimeProvider.System.GetUtcNow());
                await ModelPublisher.PublishAsync(stack.Read(result), record, report, cancellation);
            }

            return 0;
        });
        return command;
    }
}
