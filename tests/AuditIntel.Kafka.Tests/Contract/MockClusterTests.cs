namespace AuditIntel.Kafka.Tests;

// The contract on librdkafka's mock cluster.
public sealed class MockRecordTests(MockCluster cluster) : RecordContract(cluster), IClassFixture<MockCluster>;

public sealed class MockConsumerTests(MockCluster cluster) : ConsumerContract(cluster), IClassFixture<MockCluster>;

public sealed class MockGroupTests(MockCluster cluster) : GroupContract(cluster), IClassFixture<MockCluster>;

public sealed class MockProducerTests(MockCluster cluster) : ProducerContract(cluster), IClassFixture<MockCluster>;
