namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 33, request: replaces the configuration of topics.</summary>
internal sealed class AlterConfigsRequest : IMessage<AlterConfigsRequest>
{
    public List<Resource> Resources = [];
    public bool ValidateOnly;

    public static Layout<AlterConfigsRequest> Layout { get; } = new Layout<AlterConfigsRequest>(flexibleFrom: 2)
        .Array("0+", m => ref m.Resources, Resource.Layout)
        .Bool("0+", m => ref m.ValidateOnly);

    internal sealed class Resource
    {
        public sbyte ResourceType;
        public string ResourceName = "";
        public List<AlterableConfig> Configs = [];

        public static Layout<Resource> Layout { get; } = new Layout<Resource>()
            .Int8("0+", m => ref m.ResourceType)
            .String("0+", m => ref m.ResourceName)
            .Array("0+", m => ref m.Configs, AlterableConfig.Layout);
    }

    internal sealed class AlterableConfig
    {
        public string Name = "";
        public string? Value;

        public static Layout<AlterableConfig> Layout { get; } = new Layout<AlterableConfig>()
            .String("0+", m => ref m.Name)
            .NullableString("0+", m => ref m.Value, "0+");
    }
}

/// <summary>API key 33, response.</summary>
internal sealed class AlterConfigsResponse : IMessage<AlterConfigsResponse>
{
    public int ThrottleTimeMs;
    public List<ResourceResponse> Responses = [];

    public static Layout<AlterConfigsResponse> Layout { get; } = new Layout<AlterConfigsResponse>(flexibleFrom: 2)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Responses, ResourceResponse.Layout);

    internal sealed class ResourceResponse
    {
        public short ErrorCode;
        public string? ErrorMessage;
        public sbyte ResourceType;
        public string ResourceName = "";

        public static Layout<ResourceResponse> Layout { get; } = new Layout<ResourceResponse>()
            .Int16("0+", m => ref m.ErrorCode)
            .NullableString("0+", m => ref m.ErrorMessage, "0+")
            .Int8("0+", m => ref m.ResourceType)
            .String("0+", m => ref m.ResourceName);
    }
}
