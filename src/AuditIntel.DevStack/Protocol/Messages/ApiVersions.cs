namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 18, request: tells which APIs and versions the broker speaks.</summary>
internal sealed class ApiVersionsRequest : IMessage<ApiVersionsRequest>
{
    public string ClientSoftwareName = "";
    public string ClientSoftwareVersion = "";

    public static Layout<ApiVersionsRequest> Layout { get; } = new Layout<ApiVersionsRequest>(flexibleFrom: 3)
        .String("3+", m => ref m.ClientSoftwareName)
        .String("3+", m => ref m.ClientSoftwareVersion);
}

/// <summary>API key 18, response.</summary>
internal sealed class ApiVersionsResponse : IMessage<ApiVersionsResponse>
{
    public short ErrorCode;
    public List<ApiVersion> ApiKeys = [];
    public int ThrottleTimeMs;
    public List<SupportedFeatureKey> SupportedFeatures = [];
    public long FinalizedFeaturesEpoch = -1;
    public List<FinalizedFeatureKey> FinalizedFeatures = [];

    public static Layout<ApiVersionsResponse> Layout { get; } = new Layout<ApiVersionsResponse>(flexibleFrom: 3)
        .Int16("0+", m => ref m.ErrorCode)
        .Array("0+", m => ref m.ApiKeys, ApiVersion.Layout)
        .Int32("1+", m => ref m.ThrottleTimeMs)
        .Array("3+", m => ref m.SupportedFeatures, SupportedFeatureKey.Layout, tag: 0)
        .Int64("3+", m => ref m.FinalizedFeaturesEpoch, tag: 1)
        .Array("3+", m => ref m.FinalizedFeatures, FinalizedFeatureKey.Layout, tag: 2);

    internal sealed class ApiVersion
    {
        public short ApiKey;
        public short MinVersion;
        public short MaxVersion;

        public static Layout<ApiVersion> Layout { get; } = new Layout<ApiVersion>()
            .Int16("0+", m => ref m.ApiKey)
            .Int16("0+", m => ref m.MinVersion)
            .Int16("0+", m => ref m.MaxVersion);
    }

    internal sealed class SupportedFeatureKey
    {
        public string Name = "";
        public short MinVersion;
        public short MaxVersion;

        public static Layout<SupportedFeatureKey> Layout { get; } = new Layout<SupportedFeatureKey>()
            .String("3+", m => ref m.Name)
            .Int16("3+", m => ref m.MinVersion)
            .Int16("3+", m => ref m.MaxVersion);
    }

    internal sealed class FinalizedFeatureKey
    {
        public string Name = "";
        public short MaxVersionLevel;
        public short MinVersionLevel;

        public static Layout<FinalizedFeatureKey> Layout { get; } = new Layout<FinalizedFeatureKey>()
            .String("3+", m => ref m.Name)
            .Int16("3+", m => ref m.MaxVersionLevel)
            .Int16("3+", m => ref m.MinVersionLevel);
    }
}
