using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Tells what kind of failure a write met; the three are answered in different ways.</summary>
internal static class DatabaseFault
{
    /// <summary>The server or the way to it failed: the same batch may succeed later.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException postgres => IsTransient(postgres),
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException or TimeoutException or null,
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>A record's content is refused: the batch will never succeed as it is.</summary>
    public static bool IsAboutData(Exception exception) => exception switch
    {
        // 22 data exception, 23 integrity constraint violation, 54 program limit exceeded (index row or tsvector too large).
        PostgresException postgres => postgres.SqlState[..2] is "22" or "23" or "54",
        EncoderFallbackException or OverflowException or InvalidCastException or ArgumentException => true,
        _ => false,
    };

    // 08 connection, 53 resources (disk full, too many connections), 57 operator intervention (shutdown, crash, cancel),
    // 40 rollback (serialisation, deadlock), 55P03 lock not available, 25P03 idle in transaction for too long, 58 system error.
    private static bool IsTransient(PostgresException postgres) =>
        postgres.IsTransient
        || postgres.SqlState[..2] is "08" or "53" or "57" or "40" or "58"
        || postgres.SqlState is PostgresErrorCodes.LockNotAvailable or "25P03" or "25P04";
}
