using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>A way to people. One alert at a time; sending the same one again must be harmless as far as the other side allows it.</summary>
internal interface IAlertChannel : IDisposable
{
    /// <exception cref="ChannelRefusedException">The other side will never take it.</exception>
    /// <exception cref="ChannelUnavailableException">The other side does not take it now.</exception>
    Task SendAsync(Alert alert, CancellationToken cancellationToken);
}
