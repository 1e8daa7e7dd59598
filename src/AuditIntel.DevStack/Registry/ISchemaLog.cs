namespace AuditIntel.DevStack.Registry;

/// <summary>The registry's memory: an ordered log of keys and values.</summary>
internal interface ISchemaLog : IAsyncDisposable
{
    /// <summary>Everything from the beginning, in order.</summary>
    IAsyncEnumerable<(byte[] Key, byte[]? Value)> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Returns when the record is acknowledged.</summary>
    Task AppendAsync(byte[] key, byte[]? value, CancellationToken cancellationToken);
}
