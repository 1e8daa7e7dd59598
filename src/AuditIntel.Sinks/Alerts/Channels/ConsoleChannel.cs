using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>One line for people; control characters never reach the terminal.</summary>
internal sealed class ConsoleChannel(TextWriter output) : IAlertChannel
{
    private const int LongestLine = 600;

    public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        string transaction = alert.TransactionHash is { } hash ? " tx " + PlainText.Line(hash, AlertFacts.LongestName) : "";
        string line = $"{AlertFacts.Time(alert.OccurredAt)} {AlertFacts.Headline(alert)}{transaction} ({PlainText.Line(alert.RuleId, AlertFacts.LongestName)})";
        await output.WriteLineAsync(PlainText.Line(line, LongestLine).AsMemory(), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        // The writer belongs to whoever gave it.
    }
}
