namespace AuditIntel.Collectors.Chain.Labels;

/// <summary>Where the columns of a label list are; -1 for those it does not have.</summary>
internal sealed record LabelColumns
{
    private static readonly string[] AddressNames = ["address", "bannedaddress", "contractaddress"];
    private static readonly string[] TagNames = ["etherscantag", "wallettag", "contracttag", "tag", "nametag", "name"];
    private static readonly string[] CategoryNames = ["etherscanlabels", "contractcreatoretherscanlabel", "category", "label", "labels"];

    private LabelColumns(string[] header)
    {
        Count = header.Length;
        Address = First(header, AddressNames);
        Tag = First(header, TagNames);
        Category = First(header, CategoryNames);
        Source = First(header, ["datasource", "source"]);
        Creator = First(header, ["contractcreator", "creator"]);
        CreatorTag = First(header, ["contractcreatortag", "creatortag"]);
        CreationTransaction = First(header, ["contractcreationtx", "creationtransaction"]);
        IsContract = First(header, ["iscontract"]);
        Notes = First(header, ["notes"]);
    }

    public int Count { get; }

    public int Address { get; }

    public int Tag { get; }

    public int Category { get; }

    public int Source { get; }

    public int Creator { get; }

    public int CreatorTag { get; }

    public int CreationTransaction { get; }

    public int IsContract { get; }

    public int Notes { get; }

    /// <summary>A list of contracts: the address is one, whatever no column says.</summary>
    public bool IsContractList => Creator >= 0;

    /// <summary>The columns, or null when the header is none of a label list.</summary>
    public static LabelColumns? Of(string[] header)
    {
        var columns = new LabelColumns(header);
        return columns.Address >= 0 && (columns.Tag >= 0 || columns.Category >= 0) ? columns : null;
    }

    private static int First(string[] header, string[] names)
    {
        foreach (string name in names)
        {
            int at = Array.IndexOf(header, name);
            if (at >= 0)
            {
                return at;
            }
        }

        return -1;
    }
}
