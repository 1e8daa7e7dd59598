namespace AuditIntel.Avro;

/// <summary>How reading a varint ended.</summary>
internal enum VarintStatus
{
    Complete,

    /// <summary>The bytes end within it.</summary>
    CutOff,

    /// <summary>It is beyond 64 bits.</summary>
    TooLong,
}
