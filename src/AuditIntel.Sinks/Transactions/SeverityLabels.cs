using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Transactions;

/// <summary>The labels of the database's enum anomaly_severity, which the cache uses as well.</summary>
internal static class SeverityLabels
{
    private static readonly string[] Texts = [.. Enum.GetValues<AnomalySeverity>().Select(severity => Encoding.ASCII.GetString(Of(severity)))];

    public static ReadOnlySpan<byte> Of(AnomalySeverity severity) => severity switch
    {
        AnomalySeverity.None => "none"u8,
        AnomalySeverity.Low => "low"u8,
        AnomalySeverity.Medium => "medium"u8,
        AnomalySeverity.High => "high"u8,
        AnomalySeverity.Critical => "critical"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "The database's enum anomaly_severity has no label for this value."),
    };

    public static string TextOf(AnomalySeverity severity) => Texts[(int)severity];
}
