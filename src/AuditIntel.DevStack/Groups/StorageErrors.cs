using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>How the coordinators tell that their own topic cannot be written.</summary>
internal static class StorageErrors
{
    /// <summary>Clients of a coordinator do not know a storage error; NotCoordinator makes them look for it and ask again, as with Kafka.</summary>
    public static ErrorCode ForCoordinator(this ErrorCode error) => error == ErrorCode.KafkaStorageError ? ErrorCode.NotCoordinator : error;
}
