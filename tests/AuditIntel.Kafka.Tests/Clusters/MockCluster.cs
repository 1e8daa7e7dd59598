using System.Runtime.InteropServices;

namespace AuditIntel.Kafka.Tests;

/// <summary>
/// librdkafka's own mock cluster (rdkafka_mock.h): another implementation of the protocol, written by the client's authors. It keeps 5 MB a
/// partition, creates no topics by request and shows aborted records.
/// </summary>
public sealed partial class MockCluster : ClusterFixture
{
    private const string Library = "librdkafka";
    private const int Brokers = 1;
    private const int ProducerType = 0;

    private nint _host;
    private nint _cluster;
    private string _servers = "";

    static MockCluster()
    {
        LibrdkafkaLoader.EnsureLoaded();
        LibrdkafkaLoader.Serve(typeof(MockCluster).Assembly);
    }

    internal override KafkaOptions Kafka => new() { BootstrapServers = _servers };

    public override Task InitializeAsync()
    {
        // A mock cluster lives in the threads of some client.
        byte[] reason = new byte[512];
        _host = rd_kafka_new(ProducerType, 0, reason, (nuint)reason.Length);
        Assert.NotEqual(0, _host);
        rd_kafka_set_log_level(_host, 0);
        _cluster = rd_kafka_mock_cluster_new(_host, Brokers);
        Assert.NotEqual(0, _cluster);
        _servers = Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(_cluster))!;
        return Task.CompletedTask;
    }

    public override Task DisposeAsync()
    {
        rd_kafka_mock_cluster_destroy(_cluster);
        rd_kafka_destroy(_host);
        return Task.CompletedTask;
    }

    internal override Task<string> TopicAsync(int partitions = 1)
    {
        string name = NewName();
        Assert.Equal(0, rd_kafka_mock_topic_create(_cluster, name, partitions, 1));
        return Task.FromResult(name);
    }

    internal override Task StopAsync()
    {
        Assert.Equal(0, rd_kafka_mock_broker_set_down(_cluster, 1));
        return Task.CompletedTask;
    }

    internal override Task StartAsync()
    {
        Assert.Equal(0, rd_kafka_mock_broker_set_up(_cluster, 1));
        return Task.CompletedTask;
    }

    /// <summary>The mock coordinator refuses commits while it rebalances; Apache Kafka takes them.</summary>
    internal override bool CommitsWhileRebalancing => false;

    /// <summary>Makes the next requests of a kind fail, each with one of these errors; none lets them succeed again.</summary>
    internal void Refuse(short apiKey, params int[] errors)
    {
        rd_kafka_mock_clear_request_errors(_cluster, apiKey);
        if (errors.Length > 0)
        {
            rd_kafka_mock_push_request_errors_array(_cluster, apiKey, (nuint)errors.Length, errors);
        }
    }

    [LibraryImport(Library)]
    private static partial void rd_kafka_mock_clear_request_errors(nint cluster, short apiKey);

    [LibraryImport(Library)]
    private static partial nint rd_kafka_new(int type, nint configuration, byte[] reason, nuint reasonSize);

    [LibraryImport(Library)]
    private static partial void rd_kafka_destroy(nint client);

    [LibraryImport(Library)]
    private static partial void rd_kafka_set_log_level(nint client, int level);

    [LibraryImport(Library)]
    private static partial nint rd_kafka_mock_cluster_new(nint client, int brokers);

    [LibraryImport(Library)]
    private static partial void rd_kafka_mock_cluster_destroy(nint cluster);

    [LibraryImport(Library)]
    private static partial nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rd_kafka_mock_topic_create(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(Library)]
    private static partial int rd_kafka_mock_broker_set_down(nint cluster, int broker);

    [LibraryImport(Library)]
    private static partial int rd_kafka_mock_broker_set_up(nint cluster, int broker);

    [LibraryImport(Library)]
    private static partial void rd_kafka_mock_push_request_errors_array(nint cluster, short apiKey, nuint count, int[] errors);
}
