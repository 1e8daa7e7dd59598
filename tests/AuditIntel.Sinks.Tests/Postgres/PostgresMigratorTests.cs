using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresMigratorTests(PostgresFixture server)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Migrator_ShouldMakeAllTables_WhenDatabaseIsEmpty()
    {
        var database = await server.CreateAsync(migrated: false);

        var applied = await new PostgresMigrator(database.ConnectionString).MigrateAsync(CancellationToken.None);

        Assert.Equal(MigrationScript.Embedded().Count, applied);
        var tables = await database.ColumnAsync<string>("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
        Assert.Equal(
            ["alerts", "anomalies", "contests", "dead_letters", "emerging_threats", "finding_duplicates", "finding_trends", "findings", "model_versions", "models", "schema_migrations", "scorers", "similar_findings", "sink_offsets", "transactions"],
            tables);
    }

    [Fact]
    public async Task Migrator_ShouldDoNothing_WhenDatabaseIsUpToDate()
    {
        var database = await server.CreateAsync();

        Assert.Equal(0, await new PostgresMigrator(database.ConnectionString).MigrateAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Migrators_ShouldApplyEachScriptOnce_WhenManyStartTogether()
    {
        var database = await server.CreateAsync(migrated: false);

        var applied = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => new PostgresMigrator(database.ConnectionString).MigrateAsync(CancellationToken.None)));

        Assert.Equal(MigrationScript.Embedded().Count, applied.Sum());
        Assert.Equal(MigrationScript.Embedded().Count, await database.CountAsync("schema_migrations"));
    }

    [Fact]
    public async Task Migrator_ShouldRefuse_WhenReleasedMigrationHasAnotherText()
    {
        var database = await server.CreateAsync(migrated: false);
        await Migrator(database, Script(1, "CREATE TABLE a (x int)")).MigrateAsync(CancellationToken.None);

        var error = await Assert.ThrowsAsync<MigrationException>(
            () => Migrator(database, Script(1, "CREATE TABLE a (x bigint)")).MigrateAsync(CancellationToken.None));

        Assert.Contains("V0001__one.sql", error.Message);
        Assert.Contains("put the change into a new file", error.Message);
    }

    [Fact]
    public async Task Migrator_ShouldRefuse_WhenDatabaseIsNewer()
    {
        var database = await server.CreateAsync(migrated: false);
        await Migrator(database, Script(1, "SELECT 1"), Script(2, "SELECT 2")).MigrateAsync(CancellationToken.None);

        var error = await Assert.ThrowsAsync<MigrationException>(() => Migrator(database, Script(1, "SELECT 1")).MigrateAsync(CancellationToken.None));

        Assert.Contains("run the newer program", error.Message);
    }

    [Fact]
    public async Task Migrator_ShouldApplyOnlyTheRest_WhenDatabaseHasTheFirst()
    {
        var database = await server.CreateAsync(migrated: false);
        await Migrator(database, Script(1, "CREATE TABLE a (x int)")).MigrateAsync(CancellationToken.None);

        var applied = await Migrator(database, Script(1, "CREATE TABLE a (x int)"), Script(2, "ALTER TABLE a ADD y int")).MigrateAsync(CancellationToken.None);

        Assert.Equal(1, applied);
        Assert.Equal(0, await database.CountAsync("(SELECT x, y FROM a) q"));
    }

    [Fact]
    public async Task Migrator_ShouldLeaveNothingOfAScript_WhenItFailsInTheMiddle()
    {
        var database = await server.CreateAsync(migrated: false);

        var error = await Assert.ThrowsAsync<MigrationException>(
            () => Migrator(database, Script(1, "CREATE TABLE a (x int)"), Script(2, "CREATE TABLE b (x int); SELECT 1/0")).MigrateAsync(CancellationToken.None));

        Assert.Contains("V0002__two.sql", error.Message);
        Assert.Equal(1, await database.CountAsync("schema_migrations"));
        Assert.Equal(["a"], await database.ColumnAsync<string>("SELECT tablename::text FROM pg_tables WHERE tablename IN ('a', 'b')"));
    }

    [Fact]
    public async Task Migrator_ShouldGiveUpWithAClearSentence_WhenAnotherHoldsTheLock()
    {
        var database = await server.CreateAsync(migrated: false);
        await using var other = await database.OpenAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(x'4175646974496E74'::bigint)", other))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var error = await Assert.ThrowsAsync<MigrationException>(
            () => new PostgresMigrator(database.ConnectionString, TimeSpan.FromMilliseconds(200)).MigrateAsync(CancellationToken.None));

        Assert.Contains("Another program has been migrating", error.Message);
    }

    [Theory]
    [InlineData("1__a.sql")]
    [InlineData("V1__a.sql")]
    [InlineData("V0001_a.sql")]
    [InlineData("V0001__A b.sql")]
    public void MigrationScript_ShouldBeRefused_WhenItsNameIsNotOfTheForm(string fileName) =>
        Assert.Throws<MigrationException>(() => MigrationScript.Parse(fileName, ""));

    [Fact]
    public void MigrationScripts_ShouldBeRefused_WhenANumberIsMissing() =>
        Assert.Throws<MigrationException>(() => MigrationScript.InOrder([Script(1, ""), Script(3, "")]));

    [Fact]
    public void Checksum_ShouldBeTheSame_WhenOnlyLineEndsDiffer() =>
        Assert.Equal(MigrationScript.Parse("V0001__a.sql", "a\nb\n").Checksum, MigrationScript.Parse("V0001__a.sql", "a\r\nb\r\n").Checksum);

    // A released migration never changes: this line changes only together with a new release that nobody has run yet.
    [Fact]
    public void ReleasedMigrations_ShouldNotChange() =>
        Assert.Equal(["V1 findings", "V2 transactions", "V3 insights", "V4 findings_read"], MigrationScript.Embedded().Select(s => $"V{s.Version} {s.Name}"));

    private static PostgresMigrator Migrator(TestDatabase database, params MigrationScript[] scripts) =>
        new(database.ConnectionString, MigrationScript.InOrder(scripts), LockTimeout);

    private static MigrationScript Script(int version, string sql) =>
        MigrationScript.Parse($"V{version:D4}__{version switch { 1 => "one", 2 => "two", _ => "more" }}.sql", sql);
}
