namespace AuditIntel.DevStack.Registry.Schemas;

/// <summary>A version of a subject.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Version">From 1.</param>
/// <param name="Id">Shared by all versions of equal content.</param>
/// <param name="Content">The schema.</param>
/// <param name="Deleted">Hidden, and brought back by registering the same schema again.</param>
/// <param name="Value">The record's value as it lies in the topic, fields that are not known here included.</param>
internal sealed record SchemaVersion(string Subject, int Version, int Id, SchemaContent Content, bool Deleted, byte[] Value);
