using System.Text.Json.Nodes;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>What the registry answered.</summary>
internal sealed record RegistryAnswer(int Status, string? ContentType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public int ErrorCode => (int)Json["error_code"]!;

    public string Message => (string)Json["message"]!;

    /// <summary>The body, which must be of a success.</summary>
    public string Good()
    {
        Assert.True(Status == 200, $"{Status}: {Body}");
        return Body;
    }

    /// <summary>The answer must be this error, whose status stands in the first three digits of its code.</summary>
    public RegistryAnswer Refused(int code)
    {
        Assert.True(Status == int.Parse(code.ToString()[..3]), $"{Status}: {Body}");
        Assert.Equal(code, ErrorCode);
        Assert.NotEmpty(Message);
        return this;
    }
}
