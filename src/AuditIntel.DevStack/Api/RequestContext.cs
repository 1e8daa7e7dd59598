namespace AuditIntel.DevStack.Api;

/// <summary>What a handler knows of the request beyond its message. One instance lives as long as its connection.</summary>
internal sealed class RequestContext
{
    public string ClientAddress { get; init; } = "";

    public string ClientId { get; set; } = "";

    public short Version { get; set; }
}
