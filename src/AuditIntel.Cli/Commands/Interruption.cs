namespace AuditIntel.Cli.Commands;

/// <summary>Waiting for Ctrl-C or SIGTERM, which are the ordinary end of a service.</summary>
internal static class Interruption
{
    public static async Task WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The caller's normal way out.
        }
    }
}
