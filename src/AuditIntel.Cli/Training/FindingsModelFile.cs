using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Intelligence.Findings.Prediction;

namespace AuditIntel.Cli.Training;

/// <summary>Where the findings model is kept.</summary>
internal static class FindingsModelFile
{
    public const string DefaultName = "findings.model";

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static async Task<FindingsModel> ReadAsync(string file, CancellationToken cancellationToken) => File.Exists(file)
        ? FindingsModelArtefact.Read(await File.ReadAllBytesAsync(file, cancellationToken))
        : throw new FileNotFoundException($"There is no model '{file}': make one with 'auditintel train findings DATA --out {file}', or name another with --model.");
}
