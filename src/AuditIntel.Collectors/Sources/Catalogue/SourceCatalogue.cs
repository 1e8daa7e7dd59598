using System.Text;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>The sources there are, and what is wrong with those that were left out.</summary>
public sealed class SourceCatalogue
{
    /// <summary>Name of the built-in catalogue in messages.</summary>
    public const string BuiltInFile = "sources.yaml";

    private const int LargestFile = 4 * 1024 * 1024;

    private SourceCatalogue(IReadOnlyList<SourceDefinition> sources, IReadOnlyList<CatalogueFault> faults)
    {
        Sources = sources;
        Faults = faults;
    }

    /// <summary>Valid entries, in the order of the text.</summary>
    public IReadOnlyList<SourceDefinition> Sources { get; }

    /// <summary>Everything that is wrong; the entries concerned are not among <see cref="Sources"/>.</summary>
    public IReadOnlyList<CatalogueFault> Faults { get; }

    /// <summary>The built-in catalogue.</summary>
    public static SourceCatalogue BuiltIn() => Parse(BuiltInFile, BuiltInText());

    /// <summary>
    /// A catalogue of the user's over the built-in one: an entry of the same id takes the other's place, new ones follow. With
    /// <c>extends: none</c> it stands alone.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SourceCatalogue Load(string path)
    {
        var info = new FileInfo(path);
        string name = Path.GetFileName(path);
        if (info.Length > LargestFile)
        {
            return new SourceCatalogue([], [new CatalogueFault(name, 1, null, "The catalogue is larger than 4 MiB; split it.")]);
        }

        return Parse(name, File.ReadAllText(path, Encoding.UTF8));
    }

    /// <summary>Reads a catalogue's text; the built-in one stands below any other that does not say <c>extends: none</c>.</summary>
    public static SourceCatalogue Parse(string file, string text)
    {
        var reader = new CatalogueReader(file);
        reader.Read(text);
        if (!reader.ExtendsBuiltIn || file == BuiltInFile)
        {
            return new SourceCatalogue(reader.Sources, reader.Faults);
        }

        SourceCatalogue below = BuiltIn();
        Dictionary<string, SourceDefinition> own = reader.Sources.ToDictionary(source => source.Id);
        HashSet<string> known = [.. below.Sources.Select(source => source.Id)];
        return new SourceCatalogue(
            [
                .. below.Sources.Where(source => !reader.BrokenIds.Contains(source.Id)).Select(source => own.GetValueOrDefault(source.Id, source)),
                .. reader.Sources.Where(source => !known.Contains(source.Id)),
            ],
            [.. below.Faults, .. reader.Faults]);
    }

    private static string BuiltInText()
    {
        using Stream stream = typeof(SourceCatalogue).Assembly.GetManifestResourceStream(BuiltInFile)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
