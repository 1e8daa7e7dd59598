namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>Lines of a source file that a finding points at.</summary>
/// <param name="File">Hash of the file's name without its folders.</param>
/// <param name="From">First line, from 1; 0 where only the file is named.</param>
/// <param name="To">Last line, not before <paramref name="From"/>.</param>
internal readonly record struct CodeReference(uint File, int From, int To)
{
    /// <summary>Share of lines in common: intersection over union; 0 in different files or without lines.</summary>
    public double Overlap(CodeReference other)
    {
        if (File != other.File || From == 0 || other.From == 0)
        {
            return 0;
        }

        int shared = Math.Min(To, other.To) - Math.Max(From, other.From) + 1;
        int all = Math.Max(To, other.To) - Math.Min(From, other.From) + 1;
        return shared <= 0 ? 0 : (double)shared / all;
    }
}
