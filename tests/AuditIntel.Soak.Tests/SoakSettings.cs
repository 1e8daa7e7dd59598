namespace AuditIntel.Soak.Tests;

/// <summary>How long the long checks are: short by default, whole under <c>./auditintel test --soak</c>.</summary>
internal static class SoakSettings
{
    /// <summary>Set by the launcher for <c>--soak</c>.</summary>
    private const string Variable = "AUDITINTEL_SOAK";

    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    public static int Rounds(int whole, int shortened) => IsWhole ? whole : shortened;
}
