using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Log;

/// <summary>Where a batch went, or why it did not.</summary>
internal readonly record struct AppendResult(ErrorCode Error, long BaseOffset, long AppendTime, string? Message = null)
{
    public static AppendResult Failed(ErrorCode error, string? message = null) => new(error, -1, -1, message);
}
