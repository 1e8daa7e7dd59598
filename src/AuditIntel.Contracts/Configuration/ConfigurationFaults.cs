using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>Gathers what is wrong with a file, so that people see all of it at once.</summary>
/// <param name="file">The file as people know it.</param>
public sealed class ConfigurationFaults(string file)
{
    private readonly List<(int Line, string Text)> _faults = [];

    public bool Any => _faults.Count > 0;

    /// <param name="line">Line, counted from 1.</param>
    /// <param name="sentence">What is wrong and what to write instead; never a secret.</param>
    public void Add(int line, string sentence) =>
        _faults.Add((line, string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {sentence}")));

    /// <exception cref="ConfigurationException">There is a fault.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new ConfigurationException([.. _faults.OrderBy(fault => fault.Line).Select(fault => fault.Text)]);
        }
    }

    /// <summary>A written value as a fault may show it: one line, not too long.</summary>
    internal static string Shown(string text)
    {
        const int longest = 60;
        string line = new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return line.Length <= longest ? line : line[..longest] + "...";
    }
}
