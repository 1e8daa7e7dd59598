using Npgsql;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>A PostgreSQL server of its own for a test class; every test makes its own database on it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private int _databases;
    private string _server = "";

    public Task InitializeAsync()
    {
        _server = Environment.GetEnvironmentVariable("SINKS_TEST_PG")!;
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public async Task<TestDatabase> CreateAsync(bool migrated = true)
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}_{GetHashCode()}";
        await using (var connection = new NpgsqlConnection(_server))
        {
            await connection.OpenAsync();
            await using var create = TestSql.Command($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'", connection);
            await create.ExecuteNonQueryAsync();
        }

        var database = new TestDatabase(new NpgsqlConnectionStringBuilder(_server) { Database = name, Pooling = false }.ConnectionString);
        if (migrated)
        {
            await new Sinks.Postgres.PostgresMigrator(database.ConnectionString).MigrateAsync(CancellationToken.None);
        }

        return database;
    }
}
