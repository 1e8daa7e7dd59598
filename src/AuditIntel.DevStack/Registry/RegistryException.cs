namespace AuditIntel.DevStack.Registry;

/// <summary>An answer that is an error, with Confluent's codes ("Errors" in the Schema Registry API reference).</summary>
public sealed class RegistryException : Exception
{
    private RegistryException(int status, int code, string message)
        : base(message)
    {
        Status = status;
        Code = code;
    }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>Confluent's error code.</summary>
    public int Code { get; }

    public static RegistryException SubjectNotFound(string subject) => new(404, 40401, $"Subject '{subject}' not found.");

    public static RegistryException VersionNotFound(string version) => new(404, 40402, $"Version {version} not found.");

    public static RegistryException SchemaNotFound() => new(404, 40403, "Schema not found");

    public static RegistryException Incompatible(IEnumerable<string> reasons) =>
        new(409, 409, $"Schema being registered is incompatible with an earlier schema: {string.Join(' ', reasons)}");

    public static RegistryException InvalidSchema(string reason) => new(422, 42201, $"Invalid schema: {reason}");

    public static RegistryException InvalidVersion(string version) => new(422, 42202, $"The specified version '{version}' is not a valid version id.");

    public static RegistryException InvalidCompatibility(string? level) => new(422, 42203, $"Invalid compatibility level '{level}'.");

    public static RegistryException BadRequest(string reason) => new(400, 400, reason);

    public static RegistryException StoreFailed(string reason) => new(500, 50001, $"Error in the backend data store: {reason}");
}
