using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Settings of the sink's own database connections.</summary>
internal static class SinkConnection
{
    public static string Settings(PostgresSinkOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = options.SinkName,
            CommandTimeout = Seconds(options.CommandTimeout),
            Timeout = Math.Min(Seconds(options.CommandTimeout), 15),

            // Staging tables live as long as the session; a pool would drop them at every return.
            Pooling = false,

            // A dead owner's transaction must not hold its partitions' rows for ever, nor a waiting one wait for ever. A staged batch fits
            // into the session's own buffers, so that it is not written out; short statements are not worth compiling.
            Options = $"-c idle_in_transaction_session_timeout={Milliseconds(options.CommandTimeout)} -c lock_timeout={Milliseconds(options.CommandTimeout)}"
                + $" -c temp_buffers={Math.Clamp(2 * (options.MaxBatchBytes / 1024), 8 * 1024, 256 * 1024)}kB -c jit=off",
        };
        return settings.ConnectionString;
    }

    private static int Seconds(TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds);

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
