using AuditIntel.DevStack.Registry.Schemas;

namespace AuditIntel.DevStack.Registry.Operations;

/// <summary>What a body of <c>POST /subjects/{subject}/versions</c> asks for.</summary>
/// <param name="Subject">Where to register.</param>
/// <param name="Content">Type, text and references as they came.</param>
/// <param name="Version">The version that it must become; null for the next, -1 for the next unless the latest is the same.</param>
/// <param name="Id">The id that it must have, in mode IMPORT; null for one of the registry's choice.</param>
/// <param name="Normalize">Whether the text is normalised first.</param>
internal sealed record RegistrationRequest(string Subject, SchemaContent Content, int? Version, int? Id, bool Normalize);
