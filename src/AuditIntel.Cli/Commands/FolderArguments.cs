using System.CommandLine;
using System.CommandLine.Parsing;

namespace AuditIntel.Cli.Commands;

/// <summary>Folders on the command line are checked before anything starts.</summary>
internal static class FolderArguments
{
    public static void MustBeFolder(this Argument<string> argument) => argument.Validators.Add(result => Check(result, result.GetValueOrDefault<string?>()));

    public static void MustBeFolder(this Option<string?> option) => option.Validators.Add(result => Check(result, result.GetValueOrDefault<string?>()));

    private static void Check(SymbolResult result, string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            result.AddError($"There is no folder '{folder}'.");
        }
    }
}
