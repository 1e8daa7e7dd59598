using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Api;

/// <summary>Errors that older clients know under another code.</summary>
internal static class ErrorCodeExtensions
{
    /// <summary>ProducerFenced came late (KIP-588); a client that does not know it is told of an invalid epoch.</summary>
    public static ErrorCode ForVersion(this ErrorCode error, short version, short knowsFenced) =>
        error == ErrorCode.ProducerFenced && version < knowsFenced ? ErrorCode.InvalidProducerEpoch : error;
}
