namespace AuditIntel.DevStack.Log;

/// <summary>Who appends: a client, whose batches are checked in full, or the broker itself.</summary>
internal enum AppendOrigin
{
    Client,
    Broker,
}
