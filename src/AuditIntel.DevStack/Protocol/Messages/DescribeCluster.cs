namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 60, request: tells the brokers of the cluster.</summary>
internal sealed class DescribeClusterRequest : IMessage<DescribeClusterRequest>
{
    public bool IncludeClusterAuthorizedOperations;
    public sbyte EndpointType = 1;

    public static Layout<DescribeClusterRequest> Layout { get; } = new Layout<DescribeClusterRequest>(flexibleFrom: 0)
        .Bool("0+", m => ref m.IncludeClusterAuthorizedOperations)
        .Int8("1+", m => ref m.EndpointType);
}

/// <summary>API key 60, response.</summary>
internal sealed class DescribeClusterResponse : IMessage<DescribeClusterResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public string? ErrorMessage;
    public sbyte EndpointType = 1;
    public string ClusterId = "";
    public int ControllerId = -1;
    public List<Broker> Brokers = [];
    public int ClusterAuthorizedOperations = int.MinValue;

    public static Layout<DescribeClusterResponse> Layout { get; } = new Layout<DescribeClusterResponse>(flexibleFrom: 0)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .NullableString("0+", m => ref m.ErrorMessage, "0+")
        .Int8("1+", m => ref m.EndpointType)
        .String("0+", m => ref m.ClusterId)
        .Int32("0+", m => ref m.ControllerId)
        .Array("0+", m => ref m.Brokers, Broker.Layout)
        .Int32("0+", m => ref m.ClusterAuthorizedOperations);

    internal sealed class Broker
    {
        public int BrokerId;
        public string Host = "";
        public int Port;
        public string? Rack;

        public static Layout<Broker> Layout { get; } = new Layout<Broker>()
            .Int32("0+", m => ref m.BrokerId)
            .String("0+", m => ref m.Host)
            .Int32("0+", m => ref m.Port)
            .NullableString("0+", m => ref m.Rack, "0+");
    }
}
