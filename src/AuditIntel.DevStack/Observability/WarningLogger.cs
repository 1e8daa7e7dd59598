using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Observability;

/// <summary>Passes everything on to a logger, and the sentences of warnings and errors to a callback as well.</summary>
internal sealed class WarningLogger(ILogger inner, Action<string>? onWarning) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => IsHeard(logLevel) || inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        inner.Log(logLevel, eventId, state, exception, formatter);
        if (IsHeard(logLevel))
        {
            var sentence = formatter(state, exception);
            onWarning!(exception is null ? sentence : $"{sentence} {exception}");
        }
    }

    private bool IsHeard(LogLevel level) => onWarning is not null && level is >= LogLevel.Warning and not LogLevel.None;
}
