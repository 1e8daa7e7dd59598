namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 44, request: changes single settings of topics.</summary>
internal sealed class IncrementalAlterConfigsRequest : IMessage<IncrementalAlterConfigsRequest>
{
    public List<AlterConfigsResource> Resources = [];
    public bool ValidateOnly;

    public static Layout<IncrementalAlterConfigsRequest> Layout { get; } = new Layout<IncrementalAlterConfigsRequest>(flexibleFrom: 1)
        .Array("0+", m => ref m.Resources, AlterConfigsResource.Layout)
        .Bool("0+", m => ref m.ValidateOnly);

    internal sealed class AlterConfigsResource
    {
        public sbyte ResourceType;
        public string ResourceName = "";
        public List<AlterableConfig> Configs = [];

        public static Layout<AlterConfigsResource> Layout { get; } = new Layout<AlterConfigsResource>()
            .Int8("0+", m => ref m.ResourceType)
            .String("0+", m => ref m.ResourceName)
            .Array("0+", m => ref m.Configs, AlterableConfig.Layout);
    }

    internal sealed class AlterableConfig
    {
        public string Name = "";
        public sbyte ConfigOperation;
        public string? Value;

        public static Layout<AlterableConfig> Layout { get; } = new Layout<AlterableConfig>()
            .String("0+", m => ref m.Name)
            .Int8("0+", m => ref m.ConfigOperation)
            .NullableString("0+", m => ref m.Value, "0+");
    }
}

/// <summary>API key 44, response.</summary>
internal sealed class IncrementalAlterConfigsResponse : IMessage<IncrementalAlterConfigsResponse>
{
    public int ThrottleTimeMs;
    public List<AlterConfigsResourceResponse> Responses = [];

    public static Layout<IncrementalAlterConfigsResponse> Layout { get; } = new Layout<IncrementalAlterConfigsResponse>(flexibleFrom: 1)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Responses, AlterConfigsResourceResponse.Layout);

    internal sealed class AlterConfigsResourceResponse
    {
        public short ErrorCode;
        public string? ErrorMessage;
        public sbyte ResourceType;
        public string ResourceName = "";

        public static Layout<AlterConfigsResourceResponse> Layout { get; } = new Layout<AlterConfigsResourceResponse>()
            .Int16("0+", m => ref m.ErrorCode)
            .NullableString("0+", m => ref m.ErrorMessage, "0+")
            .Int8("0+", m => ref m.ResourceType)
            .String("0+", m => ref m.ResourceName);
    }
}
