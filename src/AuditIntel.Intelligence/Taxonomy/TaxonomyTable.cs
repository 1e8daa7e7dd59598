using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AuditIntel.Intelligence.Taxonomy;

/// <summary>The types and their rules, read from the table taxonomy.txt of this assembly and checked.</summary>
public sealed partial class TaxonomyTable
{
    private const int LeastTypes = 25;

    private readonly int[] _bugClassOf;

    private TaxonomyTable(IReadOnlyList<VulnerabilityType> types)
    {
        string[] bugClasses = [.. types.Select(type => type.Web3Bugs).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        (Types, BugClasses, _bugClassOf) = (types, bugClasses, [.. types.Select(type => Array.IndexOf(bugClasses, type.Web3Bugs))]);
    }

    /// <summary>The table of this assembly.</summary>
    public static TaxonomyTable Default { get; } = Load();

    /// <summary>In the order of the table, which also decides between equals.</summary>
    public IReadOnlyList<VulnerabilityType> Types { get; }

    /// <summary>Classes of Web3Bugs that are nearest to some type, in the order of their names.</summary>
    public IReadOnlyList<string> BugClasses { get; }

    /// <summary>The place in <see cref="BugClasses"/> of the class that is nearest to a type, -1 where none is.</summary>
    /// <param name="type">The type's place in <see cref="Types"/>.</param>
    public int BugClassOf(int type) => _bugClassOf[type];

    /// <summary>Reads a table: a block of lines for each type, blocks apart by blank lines.</summary>
    /// <exception cref="FormatException">A block is incomplete or an id is malformed; the message names the line.</exception>
    public static TaxonomyTable Parse(string text)
    {
        var types = new List<VulnerabilityType>();
        var fields = new Dictionary<string, string>();
        int number = 0;
        foreach (string raw in text.Split('\n').Append(""))
        {
            number++;
            string line = raw.Trim();
            if (line.StartsWith('#'))
            {
                continue;
            }

            if (line.Length > 0)
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon <= 0 || !fields.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim()))
                {
                    throw new FormatException($"Taxonomy, line {number}: a line is 'field: value', each field once a block.");
                }
            }
            else if (fields.Count > 0)
            {
                types.Add(Type(fields, number));
                fields.Clear();
            }
        }

        string? twice = types.GroupBy(type => type.Id).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? new TaxonomyTable(types) : throw new FormatException($"Taxonomy: type '{twice}' stands there twice.");
    }

    private static VulnerabilityType Type(Dictionary<string, string> fields, int line)
    {
        string Required(string field) => fields.TryGetValue(field, out string? value) && value.Length > 0
            ? value
            : throw new FormatException($"Taxonomy, block before line {line}: '{field}' is missing.");

        string[] swc = Ids(fields.GetValueOrDefault("swc"), SwcId(), line);
        string[] cwe = Ids(fields.GetValueOrDefault("cwe"), CweId(), line);
        string id = Required("id");
        if (!TypeId().IsMatch(id))
        {
            throw new FormatException($"Taxonomy, block before line {line}: id '{id}' is not in kebab case.");
        }

        return new VulnerabilityType(
            id, Required("name"), swc, cwe, fields.GetValueOrDefault("owasp"), Required("fix"),
            [.. Required("terms").Split(';').Select(term => Term(term, line))])
        {
            Web3Bugs = Web3Bugs(fields.GetValueOrDefault("web3bugs"), line),
        };
    }

    private static EvidenceTerm Term(string text, int line)
    {
        int equals = text.LastIndexOf('=');
        return equals > 0 && int.TryParse(text[(equals + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int weight) && weight is >= 1 and <= 5
            ? new EvidenceTerm(text[..equals].Trim(), weight)
            : throw new FormatException($"Taxonomy, block before line {line}: term '{text.Trim()}' is not 'words=weight' with a weight of 1 to 5.");
    }

    private static string? Web3Bugs(string? code, int line) => code is null || Web3BugsCode().IsMatch(code)
        ? code
        : throw new FormatException($"Taxonomy, block before line {line}: '{code}' is no class of Web3Bugs.");

    private static string[] Ids(string? list, Regex form, int line)
    {
        string[] ids = list is null ? [] : [.. list.Split(',').Select(id => id.Trim()).Where(id => id.Length > 0)];
        string? bad = Array.Find(ids, id => !form.IsMatch(id));
        return bad is null ? ids : throw new FormatException($"Taxonomy, block before line {line}: '{bad}' is no id of its list.");
    }

    private static TaxonomyTable Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("taxonomy.txt")!;
        using var reader = new StreamReader(stream);
        TaxonomyTable table = Parse(reader.ReadToEnd());
        return table.Types.Count >= LeastTypes ? table : throw new FormatException($"Taxonomy: fewer than {LeastTypes} types.");
    }

    [GeneratedRegex("^(L[1-9AB]|S[1-6CE]|O[1-7])$")]
    private static partial Regex Web3BugsCode();

    [GeneratedRegex(@"^SWC-1[0-3]\d$")]
    private static partial Regex SwcId();

    [GeneratedRegex(@"^CWE-\d{1,4}$")]
    private static partial Regex CweId();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex TypeId();
}
