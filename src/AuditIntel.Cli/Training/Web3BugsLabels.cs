using System.Globalization;

namespace AuditIntel.Cli.Training;

/// <summary>The table of Web3Bugs (Zhang et al., ICSE 2023): contest, finding and class, a blank after each comma.</summary>
internal static class Web3BugsLabels
{
    private const int CodeLength = 2;

    /// <returns>By contest and finding as Code4rena's reports name them (3, H-01): the first two characters of the code.</returns>
    /// <exception cref="InvalidDataException">A line is malformed; the message names it.</exception>
    public static Dictionary<(string Contest, string Finding), string> Read(string file)
    {
        var classes = new Dictionary<(string, string), string>();
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            string[] cells = line.Split(',', 4);
            if (number == 1 || line.Length == 0)
            {
                continue;
            }

            if (cells.Length < 4 || cells[2].Trim().Length < CodeLength)
            {
                throw new InvalidDataException($"{file}, line {number}: expected 'contest, finding, class, ...'.");
            }

            string finding = cells[1].Trim();
            int dash = finding.IndexOf('-', StringComparison.Ordinal);
            if (dash > 0 && int.TryParse(finding[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int place))
            {
                classes[(cells[0].Trim(), string.Create(CultureInfo.InvariantCulture, $"{finding[..dash]}-{place:00}"))] = cells[2].Trim()[..CodeLength];
            }
        }

        return classes;
    }
}
