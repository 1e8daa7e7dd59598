using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.Labels;

/// <summary>Entries of several lists, gathered by address.</summary>
internal sealed class AddressLabelSet(long chainId)
{
    private readonly SortedDictionary<string, List<AddressLabelEntry>> _entries = new(StringComparer.Ordinal);

    /// <summary>An address that is said to be more than this is a mistake of the list.</summary>
    private const int MostEntries = 256;

    /// <summary>Adds an entry; of one list and category the first counts.</summary>
    /// <exception cref="ChainFormatException">The address has too many entries.</exception>
    public void Add(string address, AddressLabelEntry entry)
    {
        if (!_entries.TryGetValue(address, out List<AddressLabelEntry>? entries))
        {
            _entries.Add(address, entries = []);
        }

        if (!entries.Exists(each => each.Source == entry.Source && each.Category == entry.Category))
        {
            if (entries.Count >= MostEntries)
            {
                throw new ChainFormatException(
                    ChainError.RecordTooLarge, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Address {address} has more than {MostEntries} labels."));
            }

            entries.Add(entry);
        }
    }

    /// <summary>The labels, by address.</summary>
    public IEnumerable<AddressLabel> ToLabels(DateTimeOffset collectedAt)
    {
        foreach ((string address, List<AddressLabelEntry> entries) in _entries)
        {
            yield return new AddressLabel { ChainId = chainId, Address = address, Entries = Sort(entries), CollectedAt = collectedAt };
        }
    }

    /// <summary>
    /// What an address has after a list was read again: the new entries, and of those before the ones of lists that the new ones do not
    /// name. Null when that changes nothing.
    /// </summary>
    public static AddressLabel? Merge(AddressLabel? before, AddressLabel now)
    {
        if (before is null)
        {
            return now;
        }

        HashSet<string> sources = [.. now.Entries.Select(entry => entry.Source)];
        AddressLabel merged = now with { Entries = Sort([.. before.Entries.Where(entry => !sources.Contains(entry.Source)), .. now.Entries]) };
        return merged.Entries.SequenceEqual(before.Entries) ? null : merged;
    }

    private static AddressLabelEntry[] Sort(List<AddressLabelEntry> entries) =>
        [.. entries.OrderBy(entry => entry.Source, StringComparer.Ordinal).ThenBy(entry => entry.Category, StringComparer.Ordinal)];
}
