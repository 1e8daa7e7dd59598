namespace AuditIntel.Topologies.Findings;

/// <summary>A raw finding that lacks what every finding has.</summary>
public sealed class InvalidFindingException(string errorClass, string message) : Exception(message)
{
    /// <summary>Kebab case: missing-title, missing-body, missing-id.</summary>
    public string ErrorClass { get; } = errorClass;
}
