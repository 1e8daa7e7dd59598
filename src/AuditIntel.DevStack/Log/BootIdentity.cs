namespace AuditIntel.DevStack.Log;

/// <summary>
/// Which run of the operating system this is. What a process wrote is still there after its end as long as the system itself has not been
/// restarted; after a power failure it may not be, if it was never forced to the disk.
/// </summary>
internal static class BootIdentity
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";

    /// <value>Another text for every start of the system; where the system does not tell, another one for every process.</value>
    public static string Current { get; } = Read();

    private static string Read()
    {
        try
        {
            return File.ReadAllText(LinuxBootId).Trim();
        }
        catch (IOException)
        {
            return Guid.NewGuid().ToString();
        }
        catch (UnauthorizedAccessException)
        {
            return Guid.NewGuid().ToString();
        }
    }
}
