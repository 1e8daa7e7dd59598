namespace AuditIntel.Intelligence.Tests.Transactions;

/// <summary>The folder of real input beside the repository, where there is one.</summary>
internal static class RealData
{
    public static string? ChainFolder()
    {
        string? data = Environment.GetEnvironmentVariable("AUDITINTEL_DATA");
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); data is null && at is not null; at = at.Parent)
        {
            data = File.Exists(Path.Combine(at.FullName, "AuditIntel.Streams.sln")) ? Path.Combine(at.FullName, "..", "shared", "data") : null;
        }

        string chain = Path.Combine(data ?? "", "chain");
        return Directory.Exists(Path.Combine(chain, "transactions")) ? chain : null;
    }
}
