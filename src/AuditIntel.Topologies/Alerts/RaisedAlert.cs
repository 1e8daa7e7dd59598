using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Alerts;

/// <summary>An alert that a transaction has set off.</summary>
/// <param name="Occasion">0 for the first time that the rule fired on the transaction, 1 for the time after a resolution, and so on.</param>
/// <param name="BlockHash">Block that the transaction was in; null where it is not known.</param>
/// <param name="Alert">As it was sent last: <see cref="Alert.Resolved"/> when it was taken back.</param>
internal sealed record RaisedAlert(int Occasion, string? BlockHash, Alert Alert);
