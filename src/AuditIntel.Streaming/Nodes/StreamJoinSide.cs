namespace AuditIntel.Streaming.Nodes;

/// <summary>One side of a join of two streams: how far from a record of it a record of the other may be, and whether it is given without one.</summary>
/// <param name="BeforeMs">How much earlier the other record may be.</param>
/// <param name="AfterMs">How much later the other record may be.</param>
/// <param name="GraceMs">How far stream time may be past the end of a record's window before the record is late.</param>
/// <param name="KeepsUnjoined">Whether a record that meets no other is given when its window has closed.</param>
internal sealed record StreamJoinSide(long BeforeMs, long AfterMs, long GraceMs, bool KeepsUnjoined);
