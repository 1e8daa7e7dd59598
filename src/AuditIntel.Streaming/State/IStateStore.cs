namespace AuditIntel.Streaming.State;

/// <summary>The runtime's side of a store.</summary>
internal interface IStateStore
{
    string Name { get; }

    /// <summary>Applies one record of the changelog.</summary>
    void Restore(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value);
}
