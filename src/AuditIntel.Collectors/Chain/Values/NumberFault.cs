namespace AuditIntel.Collectors.Chain.Values;

/// <summary>What is wrong with the text of a number.</summary>
internal enum NumberFault
{
    None,
    Malformed,
    Negative,
    OutOfRange,
}
