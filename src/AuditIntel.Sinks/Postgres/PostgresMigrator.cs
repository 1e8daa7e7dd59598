using Npgsql;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// Brings a database to the schema of this program: numbered SQL files, each in its own transaction, each once. Programs that start together
/// take turns at an advisory lock. A database that is newer than the program, or whose released migration differs from the program's file, is refused.
/// </summary>
public sealed class PostgresMigrator
{
    // "AuditInt" in ASCII: any fixed number that no other program of the same database is likely to choose.
    private const long LockKey = 0x4175646974496E74;

    private readonly string _connectionString;
    private readonly TimeSpan _lockTimeout;
    private readonly IReadOnlyList<MigrationScript> _scripts;

    /// <param name="connectionString">Npgsql connection string of the database; its user must own the schema.</param>
    /// <param name="lockTimeout">How long to wait for another program that migrates the same database; default one minute.</param>
    public PostgresMigrator(string connectionString, TimeSpan? lockTimeout = null)
        : this(connectionString, MigrationScript.Embedded(), lockTimeout ?? TimeSpan.FromMinutes(1))
    {
    }

    internal PostgresMigrator(string connectionString, IReadOnlyList<MigrationScript> scripts, TimeSpan lockTimeout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lockTimeout, TimeSpan.Zero);
        _connectionString = connectionString;
        _scripts = scripts;
        _lockTimeout = lockTimeout;
    }

    /// <summary>Applies what is missing.</summary>
    /// <returns>Number of migrations applied now; 0 when the database was up to date.</returns>
    /// <exception cref="MigrationException">The database is newer, was migrated with another text, stayed locked, or a script failed.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        // No pool: a session-level advisory lock must end with this connection.
        var settings = new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false, ApplicationName = "auditintel-migrator" };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await LockAsync(connection, cancellationToken).ConfigureAwait(false);
            await SqlResource.ExecuteAsync(connection, "create_schema_migrations", [], cancellationToken).ConfigureAwait(false);
            var applied = await AppliedAsync(connection, cancellationToken).ConfigureAwait(false);
            Compare(applied);
            foreach (var script in _scripts.Skip(applied.Count))
            {
                await ApplyAsync(connection, script, cancellationToken).ConfigureAwait(false);
            }

            return _scripts.Count - applied.Count;
        }
    }

    private async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, $"SET lock_timeout = {(long)_lockTimeout.TotalMilliseconds}", cancellationToken).ConfigureAwait(false);
            var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection)
            {
                Parameters = { new() { Value = LockKey } },
                CommandTimeout = (int)Math.Ceiling(_lockTimeout.TotalSeconds) + 5,
            };
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new MigrationException(
                $"Another program has been migrating database '{connection.Database}' for {_lockTimeout.TotalSeconds:0.#} s: wait for it or end its session, then start again.", e);
        }
    }

    private static async Task<List<(int Version, string Name, string Checksum)>> AppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new List<(int, string, string)>();
        var command = SqlResource.Command(connection, "read_schema_migrations");
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    applied.Add((reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
                }
            }
        }

        return applied;
    }

    private void Compare(List<(int Version, string Name, string Checksum)> applied)
    {
        for (var i = 0; i < applied.Count; i++)
        {
            var (version, name, checksum) = applied[i];
            if (version > _scripts.Count)
            {
                throw new MigrationException(
                    $"The database is at migration {applied[^1].Version} ({applied[^1].Name}), this program knows {_scripts.Count}: run the newer program.");
            }

            if (version != i + 1)
            {
                throw new MigrationException(
                    $"Table schema_migrations has no row for migration {i + 1} but one for {version}: it was edited by hand; restore it from a backup.");
            }

            if (checksum != _scripts[i].Checksum)
            {
                throw new MigrationException(
                    $"Migration {version} ({name}) was applied with checksum {checksum}, this program's V{version:D4}__{_scripts[i].Name}.sql has {_scripts[i].Checksum}: "
                    + "a released migration never changes; undo the edit and put the change into a new file.");
            }
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await ExecuteAsync(connection, script.Sql, cancellationToken).ConfigureAwait(false);
                object[] row = [script.Version, script.Name, script.Checksum];
                await SqlResource.ExecuteAsync(connection, "insert_schema_migration", row, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException e)
        {
            throw new MigrationException(
                $"Migration V{script.Version:D4}__{script.Name}.sql failed near character {e.Position} and was rolled back: {e.MessageText} ({e.SqlState}).", e);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // The text is an embedded file of this assembly or built from numbers: nothing of it comes from outside.
#pragma warning disable CA2100
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
#pragma warning restore CA2100
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
