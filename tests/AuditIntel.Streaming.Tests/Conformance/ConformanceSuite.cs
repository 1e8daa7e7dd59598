namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>All cases.</summary>
internal static class ConformanceSuite
{
    public static IReadOnlyList<ConformanceCase> Cases { get; } =
    [
        .. StatelessCases.All,
        .. AggregationCases.All,
        .. WindowCases.All,
        .. SessionCases.All,
        .. TableCases.All,
        .. StreamTableJoinCases.All,
        .. TableJoinCases.All,
        .. ForeignKeyJoinCases.All,
        .. StreamJoinCases.All,
        .. SuppressionCases.All,
        .. ProcessorCases.All,
    ];

    public static ConformanceCase Named(string name) => Cases.Single(each => each.Name == name);
}
