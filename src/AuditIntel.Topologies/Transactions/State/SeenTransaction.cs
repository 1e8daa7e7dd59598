using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>What is kept of a transaction that was scored: enough to know it again, and to take it back.</summary>
/// <param name="Block">The block that it was scored in; none where the source did not tell.</param>
/// <param name="TimestampMs">Of that block.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Severity">None: there was no anomaly.</param>
/// <param name="IsAboutReceiver">Whether the anomaly stood under the receiver's address.</param>
/// <param name="IsRemoved">Whether it was taken back.</param>
internal readonly record struct SeenTransaction(
    HashValue Block, long TimestampMs, double Score, double Confidence, AnomalySeverity Severity, bool IsAboutReceiver, bool IsRemoved);
