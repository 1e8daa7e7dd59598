using AuditIntel.Streaming.Graph;

namespace AuditIntel.Streaming;

/// <summary>What is known of a stream or table besides its node.</summary>
/// <param name="Key">Serde of keys; null after the key's type has changed.</param>
/// <param name="Value">Serde of values; null after the value's type has changed.</param>
/// <param name="NeedsRepartition">Whether keys may have changed, so that records of one key may lie in several partitions.</param>
/// <param name="Sources">Sources that it comes from, back to the last repartition topic.</param>
internal sealed record StreamShape<TKey, TValue>(
    ISerde<TKey>? Key, ISerde<TValue>? Value, bool NeedsRepartition, IReadOnlyList<SourceDefinition> Sources)
{
    /// <summary>Keys as before, values of another type.</summary>
    public StreamShape<TKey, TOther> WithValue<TOther>(ISerde<TOther>? value) => new(Key, value, NeedsRepartition, Sources);

    /// <summary>Keys may have changed.</summary>
    public StreamShape<TOtherKey, TOther> Rekeyed<TOtherKey, TOther>(ISerde<TOtherKey>? key, ISerde<TOther>? value) => new(key, value, true, Sources);
}
