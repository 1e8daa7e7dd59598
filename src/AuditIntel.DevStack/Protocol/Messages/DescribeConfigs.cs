namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 32, request: tells the configuration of topics and the broker.</summary>
internal sealed class DescribeConfigsRequest : IMessage<DescribeConfigsRequest>
{
    public List<Resource> Resources = [];
    public bool IncludeSynonyms;
    public bool IncludeDocumentation;

    public static Layout<DescribeConfigsRequest> Layout { get; } = new Layout<DescribeConfigsRequest>(flexibleFrom: 4)
        .Array("0+", m => ref m.Resources, Resource.Layout)
        .Bool("1+", m => ref m.IncludeSynonyms)
        .Bool("3+", m => ref m.IncludeDocumentation);

    internal sealed class Resource
    {
        public sbyte ResourceType;
        public string ResourceName = "";
        public List<string>? ConfigurationKeys = [];

        public static Layout<Resource> Layout { get; } = new Layout<Resource>()
            .Int8("0+", m => ref m.ResourceType)
            .String("0+", m => ref m.ResourceName)
            .NullableArray("0+", m => ref m.ConfigurationKeys, "0+", WireTypes.String);
    }
}

/// <summary>API key 32, response.</summary>
internal sealed class DescribeConfigsResponse : IMessage<DescribeConfigsResponse>
{
    public int ThrottleTimeMs;
    public List<Result> Results = [];

    public static Layout<DescribeConfigsResponse> Layout { get; } = new Layout<DescribeConfigsResponse>(flexibleFrom: 4)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Array("0+", m => ref m.Results, Result.Layout);

    internal sealed class Result
    {
        public short ErrorCode;
        public string? ErrorMessage;
        public sbyte ResourceType;
        public string ResourceName = "";
        public List<ResourceResult> Configs = [];

        public static Layout<Result> Layout { get; } = new Layout<Result>()
            .Int16("0+", m => ref m.ErrorCode)
            .NullableString("0+", m => ref m.ErrorMessage, "0+")
            .Int8("0+", m => ref m.ResourceType)
            .String("0+", m => ref m.ResourceName)
            .Array("0+", m => ref m.Configs, ResourceResult.Layout);
    }

    internal sealed class ResourceResult
    {
        public string Name = "";
        public string? Value;
        public bool ReadOnly;
        public bool IsDefault;
        public sbyte ConfigSource = -1;
        public bool IsSensitive;
        public List<Synonym> Synonyms = [];
        public sbyte ConfigType;
        public string? Documentation;

        public static Layout<ResourceResult> Layout { get; } = new Layout<ResourceResult>()
            .String("0+", m => ref m.Name)
            .NullableString("0+", m => ref m.Value, "0+")
            .Bool("0+", m => ref m.ReadOnly)
            .Bool("0", m => ref m.IsDefault)
            .Int8("1+", m => ref m.ConfigSource)
            .Bool("0+", m => ref m.IsSensitive)
            .Array("1+", m => ref m.Synonyms, Synonym.Layout)
            .Int8("3+", m => ref m.ConfigType)
            .NullableString("3+", m => ref m.Documentation, "0+");
    }

    internal sealed class Synonym
    {
        public string Name = "";
        public string? Value;
        public sbyte Source;

        public static Layout<Synonym> Layout { get; } = new Layout<Synonym>()
            .String("1+", m => ref m.Name)
            .NullableString("1+", m => ref m.Value, "0+")
            .Int8("1+", m => ref m.Source);
    }
}
