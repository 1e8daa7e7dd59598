using System.CommandLine;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Training;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Prediction;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel predict FILE</c>: type, severity, similar findings and recommendations for a text or a piece of code.</summary>
internal static class PredictCommand
{
    private const int LargestFile = 8 * 1024 * 1024;

    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "Markdown, text or Solidity; - reads standard input" };
        Option<string> model = new("--model") { Description = "Model made by 'auditintel train findings'", HelpName = "FILE", DefaultValueFactory = _ => FindingsModelFile.DefaultName };
        Option<string?> data = new("--similar-in") { Description = "Also look for similar findings in this folder", HelpName = "DATA" };
        Option<bool> json = new("--json") { Description = "Print the result as one JSON object, and nothing else on standard output" };
        data.MustBeFolder();
        Command command = new("predict", "Say type, severity, similar findings and recommendations for a finding or a piece of code") { file, model, data, json };
        command.SetAction(async (result, cancellation) =>
        {
            FindingText finding = await ReadAsync(result.GetValue(file)!, cancellation);
            FindingsModel loaded = await FindingsModelFile.ReadAsync(result.GetValue(model)!, cancellation);
            IReadOnlyList<DuplicateMatch> similar = result.GetValue(data) is { } folder ? Similar(loaded, folder, finding, cancellation) : [];
            var answer = new PredictionAnswer(loaded.Predict(finding), similar);
            if (result.GetValue(json))
            {
                await result.InvocationConfiguration.Output.WriteLineAsync(PredictionJson.Write(answer));
            }
            else
            {
                FindingsTables.WritePrediction(ConsoleReport.ConsoleFor(result.InvocationConfiguration.Output), answer);
            }

            return 0;
        });
        return command;
    }

    private static IReadOnlyList<DuplicateMatch> Similar(FindingsModel model, string folder, FindingText finding, CancellationToken cancellation)
    {
        DuplicateDetector detector = model.NewDetector();
        foreach (LabelledFinding each in LabelledFindingsFolder.Read(folder, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            detector.Observe(each.Finding);
        }

        return detector.Nearest(finding);
    }

    private static async Task<FindingText> ReadAsync(string file, CancellationToken cancellation)
    {
        string text;
        if (file == "-")
        {
            text = await Console.In.ReadToEndAsync(cancellation);
        }
        else
        {
            var info = new FileInfo(file);
            text = !info.Exists ? throw new FileNotFoundException($"There is no file '{file}'.")
                : info.Length > LargestFile ? throw new InvalidDataException($"'{file}' has {info.Length} bytes: give a finding of at most {LargestFile}.")
                : await File.ReadAllTextAsync(file, cancellation);
        }

        string first = text.Split('\n').Select(line => line.Trim(' ', '#', '\t', '\r')).FirstOrDefault(line => line.Length > 0) ?? "";
        bool isCode = file.EndsWith(".sol", StringComparison.OrdinalIgnoreCase);
        return new FindingText
        {
            Id = "predict",
            Platform = "",
            Contest = "",
            Title = isCode ? "" : first,
            Body = isCode ? $"```solidity\n{text}\n```" : text,
        };
    }
}
