using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>Commands for SQL that tests write themselves.</summary>
internal static class TestSql
{
    [SuppressMessage("Security", "CA2100", Justification = "The text is written in the tests; nothing comes from outside.")]
    public static NpgsqlCommand Command(string sql, NpgsqlConnection connection) => new(sql, connection) { CommandTimeout = 120 };
}
