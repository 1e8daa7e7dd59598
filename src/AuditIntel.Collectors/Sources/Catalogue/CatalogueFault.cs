using System.Globalization;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>Something wrong with a catalogue.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Source">The entry, where it has a readable id.</param>
/// <param name="Message">One sentence.</param>
public sealed record CatalogueFault(string File, int Line, string? Source, string Message)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{File}, line {Line}: {(Source is null ? "" : $"source '{Source}': ")}{Message}");
}
