using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Transactions;

/// <summary>Id and epoch of a producer, or why it gets none.</summary>
internal readonly record struct ProducerIdentity(ErrorCode Error, long ProducerId, short ProducerEpoch)
{
    public static ProducerIdentity Failed(ErrorCode error) => new(error, -1, -1);
}
