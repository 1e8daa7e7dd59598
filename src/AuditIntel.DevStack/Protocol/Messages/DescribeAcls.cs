namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 29, request: lists access rules.</summary>
internal sealed class DescribeAclsRequest : IMessage<DescribeAclsRequest>
{
    public sbyte ResourceTypeFilter;
    public string? ResourceNameFilter;
    public sbyte PatternTypeFilter = 3;
    public string? PrincipalFilter;
    public string? HostFilter;
    public sbyte Operation;
    public sbyte PermissionType;

    public static Layout<DescribeAclsRequest> Layout { get; } = new Layout<DescribeAclsRequest>(flexibleFrom: 2)
        .Int8("0+", m => ref m.ResourceTypeFilter)
        .NullableString("0+", m => ref m.ResourceNameFilter, "0+")
        .Int8("1+", m => ref m.PatternTypeFilter)
        .NullableString("0+", m => ref m.PrincipalFilter, "0+")
        .NullableString("0+", m => ref m.HostFilter, "0+")
        .Int8("0+", m => ref m.Operation)
        .Int8("0+", m => ref m.PermissionType);
}

/// <summary>API key 29, response.</summary>
internal sealed class DescribeAclsResponse : IMessage<DescribeAclsResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public string? ErrorMessage;
    public List<Resource> Resources = [];

    public static Layout<DescribeAclsResponse> Layout { get; } = new Layout<DescribeAclsResponse>(flexibleFrom: 2)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .NullableString("0+", m => ref m.ErrorMessage, "0+")
        .Array("0+", m => ref m.Resources, Resource.Layout);

    internal sealed class Resource
    {
        public sbyte ResourceType;
        public string ResourceName = "";
        public sbyte PatternType = 3;
        public List<AclDescription> Acls = [];

        public static Layout<Resource> Layout { get; } = new Layout<Resource>()
            .Int8("0+", m => ref m.ResourceType)
            .String("0+", m => ref m.ResourceName)
            .Int8("1+", m => ref m.PatternType)
            .Array("0+", m => ref m.Acls, AclDescription.Layout);
    }

    internal sealed class AclDescription
    {
        public string Principal = "";
        public string Host = "";
        public sbyte Operation;
        public sbyte PermissionType;

        public static Layout<AclDescription> Layout { get; } = new Layout<AclDescription>()
            .String("0+", m => ref m.Principal)
            .String("0+", m => ref m.Host)
            .Int8("0+", m => ref m.Operation)
            .Int8("0+", m => ref m.PermissionType);
    }
}
