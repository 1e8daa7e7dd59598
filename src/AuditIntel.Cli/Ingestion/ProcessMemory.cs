using System.Diagnostics;
using System.Globalization;

namespace AuditIntel.Cli.Ingestion;

/// <summary>Resident memory of this process.</summary>
internal static class ProcessMemory
{
    private const double BytesPerMiB = 1024 * 1024;

    /// <summary>
    /// Highest resident set since the process began, in MiB. Linux tells it as VmHWM in /proc/self/status (proc(5)); where that is
    /// absent the runtime's own figure is taken.
    /// </summary>
    public static double PeakMiB()
    {
        const string Status = "/proc/self/status";
        if (File.Exists(Status))
        {
            foreach (string line in File.ReadLines(Status))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    string kilobytes = line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
                    return double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024;
                }
            }
        }

        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / BytesPerMiB;
    }
}
