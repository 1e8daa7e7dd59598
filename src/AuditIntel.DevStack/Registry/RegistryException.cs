namespace AuditIntel.DevStack.Registry;

/// <summary>An answer that is an error, with the original's codes and messages (class <c>Errors</c> of confluentinc/schema-registry).</summary>
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

    /// <summary>The original's error code.</summary>
    public int Code { get; }

    internal static RegistryException SubjectNotFound(string subject) => new(404, 40401, $"Subject '{subject}' not found.");

    internal static RegistryException VersionNotFound(int version) => new(404, 40402, $"Version {version} not found.");

    internal static RegistryException SchemaNotFound(int? id = null) => new(404, 40403, id is null ? "Schema not found" : $"Schema {id} not found");

    internal static RegistryException SubjectSoftDeleted(string subject) => new(404, 40404, $"Subject '{subject}' was soft deleted. Set permanent=true to delete permanently");

    internal static RegistryException SubjectNotSoftDeleted(string subject) => new(404, 40405, $"Subject '{subject}' was not deleted first before being permanently deleted");

    internal static RegistryException VersionSoftDeleted(string subject, int version) =>
        new(404, 40406, $"Subject '{subject}' Version {version} was soft deleted. Set permanent=true to delete permanently");

    internal static RegistryException VersionNotSoftDeleted(string subject, int version) =>
        new(404, 40407, $"Subject '{subject}' Version {version} was not deleted first before being permanently deleted");

    internal static RegistryException NoConfig(string subject) => new(404, 40408, $"Subject '{subject}' does not have subject-level compatibility configured");

    internal static RegistryException NoMode(string subject) => new(404, 40409, $"Subject '{subject}' does not have subject-level mode configured");

    internal static RegistryException Incompatible(string subject, IEnumerable<string> reasons) =>
        new(409, 409, $"Schema being registered is incompatible with an earlier schema for subject \"{subject}\", details: [{string.Join(", ", reasons)}]");

    internal static RegistryException InvalidSchema(string reason) => new(422, 42201, reason);

    internal static RegistryException InvalidVersion(string version) =>
        new(422, 42202, $"The specified version '{version}' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");

    internal static RegistryException InvalidCompatibility() =>
        new(422, 42203, "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive");

    internal static RegistryException InvalidMode() => new(422, 42204, "Invalid mode. Valid values are READWRITE, READONLY, READONLY_OVERRIDE and IMPORT.");

    internal static RegistryException NotPermitted(string reason) => new(422, 42205, reason);

    internal static RegistryException ReferenceExists(string schema) => new(422, 42206, $"One or more references exist to the schema {schema}.");

    internal static RegistryException InvalidSubject(string subject) => new(422, 42208, $"The specified subject '{subject}' is not a valid subject.");

    internal static RegistryException SchemaTooLarge() => new(422, 42209, "Write failed because schema is too large");

    internal static RegistryException Unprocessable(string reason) => new(422, 422, reason);

    internal static RegistryException StoreFailed(string reason) => new(500, 50001, $"Error in the backend data store: {reason}");

    internal static RegistryException TimedOut(string reason) => new(500, 50002, $"The operation timed out: {reason}");

    internal static RegistryException BadRequest(string reason) => new(400, 400, reason);

    /// <summary>An error of HTTP itself, in the words of the original's server.</summary>
    internal static RegistryException Http(int status, string name) => new(status, status, $"HTTP {status} {name}");
}
