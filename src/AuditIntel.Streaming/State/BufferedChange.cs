using AuditIntel.Kafka;

namespace AuditIntel.Streaming.State;

/// <summary>A change that a suppression holds back.</summary>
/// <param name="TimeMs">What it is ordered by: the first update's time, or the end of the window.</param>
/// <param name="HasNew">Whether there is a value; without, it is a deletion.</param>
/// <param name="New">The newest value.</param>
/// <param name="HasOld">Whether there was a value before all updates that wait.</param>
/// <param name="Old">That value.</param>
/// <param name="TimestampMs">Event time of the newest update.</param>
/// <param name="Headers">Headers of the newest update.</param>
internal readonly record struct BufferedChange<TValue>(
    long TimeMs, bool HasNew, TValue? New, bool HasOld, TValue? Old, long TimestampMs, IReadOnlyList<RecordHeader> Headers);
