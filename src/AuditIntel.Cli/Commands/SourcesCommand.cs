using System.CommandLine;
using AuditIntel.Cli.Display;
using AuditIntel.Collectors.Sources.Catalogue;

namespace AuditIntel.Cli.Commands;

/// <summary><c>auditintel sources</c>: live sources of the catalogue.</summary>
internal static class SourcesCommand
{
    public static Command Create() => new("sources", "Live sources of findings: what there is, how it does, and collecting it")
    {
        SourcesListCommand.Create(),
        SourcesCheckCommand.Create(),
        SourcesRunCommand.Create(),
    };

    public static Option<string?> CatalogueOption()
    {
        Option<string?> option = new("--catalogue")
        {
            Description = "Further sources; an entry takes the place of the built-in one of its id, and 'extends: none' leaves all of those out [environment: AUDITINTEL_CATALOGUE]",
            HelpName = "FILE",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AUDITINTEL_CATALOGUE") is { Length: > 0 } file ? file : null,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } file && !File.Exists(file))
            {
                result.AddError($"--catalogue '{file}' does not exist.");
            }
        });
        return option;
    }

    public static Argument<string[]> IdsArgument(string description) => new("ID") { Description = description, Arity = ArgumentArity.ZeroOrMore };

    public static SourceCatalogue Read(string? file) => file is null ? SourceCatalogue.BuiltIn() : SourceCatalogue.Load(file);

    /// <summary>The sources that are to be collected: those of the ids, or the enabled ones. Wrong entries are told and left out.</summary>
    /// <exception cref="InvalidOperationException">There is none, or an id is not in the catalogue.</exception>
    public static IReadOnlyList<SourceDefinition> ToCollect(SourceCatalogue catalogue, IReadOnlyList<string> ids, ConsoleReport report)
    {
        IReadOnlyList<SourceDefinition> chosen = ids.Count > 0 ? Choose(catalogue, ids) : [.. catalogue.Sources.Where(source => source.Enabled)];
        foreach (CatalogueFault fault in catalogue.Faults)
        {
            report.Warn($"{fault} The entry is left out.");
        }

        return chosen.Count > 0 ? chosen : throw new InvalidOperationException("No source is enabled; name one, or enable it in a catalogue of your own.");
    }

    /// <summary>The sources of these ids, in the order of the catalogue.</summary>
    /// <exception cref="InvalidOperationException">An id is not in the catalogue.</exception>
    public static IReadOnlyList<SourceDefinition> Choose(SourceCatalogue catalogue, IReadOnlyList<string> ids)
    {
        foreach (string id in ids)
        {
            if (catalogue.Sources.All(source => source.Id != id))
            {
                throw new InvalidOperationException(
                    catalogue.Faults.Any(fault => fault.Source == id)
                        ? $"Source '{id}' has a wrong entry and cannot run; 'auditintel sources check' says what is wrong."
                        : $"There is no source '{id}'; 'auditintel sources list' names those that there are.");
            }
        }

        return [.. catalogue.Sources.Where(source => ids.Contains(source.Id))];
    }
}
