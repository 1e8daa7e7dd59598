namespace AuditIntel.DevStack.Protocol;

/// <summary>A request or response that knows its layout.</summary>
internal interface IMessage<TSelf>
    where TSelf : class, IMessage<TSelf>, new()
{
    static abstract Layout<TSelf> Layout { get; }
}
