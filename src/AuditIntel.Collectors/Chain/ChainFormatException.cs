namespace AuditIntel.Collectors.Chain;

/// <summary>A piece of chain data that cannot be taken; becomes a dead letter.</summary>
/// <param name="errorClass">One of <see cref="ChainError"/>.</param>
/// <param name="message">What is wrong with which field, without the place: whoever catches it knows file and line.</param>
public sealed class ChainFormatException(string errorClass, string message) : Exception(message)
{
    public string ErrorClass { get; } = errorClass;
}
