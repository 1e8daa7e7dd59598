using AuditIntel.Sinks.Alerts.Channels;
using AuditIntel.Sinks.Alerts.Delivery;

namespace AuditIntel.Sinks.Alerts;

/// <summary>A channel as the file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Policy">How much it is given.</param>
/// <param name="Open">Makes it, with the time and the console of the dispatcher.</param>
internal sealed record AlertChannelPlan(string Name, ChannelPolicy Policy, Func<TimeProvider, TextWriter, IAlertChannel> Open);
