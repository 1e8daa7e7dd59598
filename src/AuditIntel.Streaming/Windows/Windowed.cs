using System.Globalization;

namespace AuditIntel.Streaming;

/// <summary>A key within a window of time.</summary>
/// <param name="Key">The key.</param>
/// <param name="StartMs">First millisecond of the window, since 1970.</param>
/// <param name="EndMs">End of the window: excluded for tumbling and hopping windows, included for sliding and session windows.</param>
public readonly record struct Windowed<TKey>(TKey Key, long StartMs, long EndMs)
    where TKey : notnull
{
    /// <returns>The form of Kafka Streams: <c>[key@start/end]</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Key}@{StartMs}/{EndMs}]");
}
