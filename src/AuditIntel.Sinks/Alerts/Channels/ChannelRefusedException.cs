namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>The other side refuses an alert for good: trying again would change nothing. The message holds no secret.</summary>
public sealed class ChannelRefusedException(string message) : Exception(message);
