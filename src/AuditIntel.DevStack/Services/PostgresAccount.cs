using System.Security.Cryptography;
using System.Text;

namespace AuditIntel.DevStack.Services;

/// <summary>
/// Who runs PostgreSQL, which refuses to be root. An ordinary user runs it himself. Root runs it in a user namespace that shows it another user id
/// (nothing changes on disk); where namespaces are forbidden, as the user postgres, and then the folder must be one that he can reach.
/// </summary>
internal sealed record PostgresAccount(string DataDirectory, IReadOnlyList<string> Prefix)
{
    private const string User = "postgres";

    public static async Task<PostgresAccount> ForAsync(string directory, CancellationToken cancellationToken)
    {
        if (Environment.UserName != "root")
        {
            return new PostgresAccount(directory, []);
        }

        string[] mapped = ["unshare", "--user", "--map-user=1000", "--map-group=1000"];
        if ((await ProgramRun.RunAsync([.. mapped, "true"], cancellationToken).ConfigureAwait(false)).ExitCode == 0)
        {
            return new PostgresAccount(directory, mapped);
        }

        string[] switched = ["setpriv", "--reuid=" + User, "--regid=" + User, "--clear-groups"];
        string reachable = directory;
        if ((await ProgramRun.RunAsync([.. switched, "test", "-x", directory], cancellationToken).ConfigureAwait(false)).ExitCode != 0)
        {
            reachable = Path.Combine("/var/lib/postgresql", "auditintel-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..16]);
            Directory.CreateDirectory(reachable);
            await File.WriteAllTextAsync(Path.Combine(directory, "moved-to"), reachable + "\n", cancellationToken).ConfigureAwait(false);
        }

        await ProgramRun.RunAsync(["chown", "-R", User, reachable], cancellationToken).ConfigureAwait(false);
        return new PostgresAccount(reachable, switched);
    }
}
