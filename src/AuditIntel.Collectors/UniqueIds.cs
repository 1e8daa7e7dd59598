using System.Globalization;

namespace AuditIntel.Collectors;

/// <summary>Native ids of one report: the second H-01 becomes H-01-2, in the order of the text.</summary>
internal sealed class UniqueIds
{
    private readonly Dictionary<string, int> _taken = [];

    public string Take(string id)
    {
        int count = _taken.GetValueOrDefault(id) + 1;
        _taken[id] = count;
        return count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{count}");
    }
}
