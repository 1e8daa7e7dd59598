namespace AuditIntel.Kafka.Tests;

// The contract on the embedded broker, one class for each part so that each has a broker of its own.
public sealed class EmbeddedRecordTests(EmbeddedCluster cluster) : RecordContract(cluster), IClassFixture<EmbeddedCluster>;

public sealed class EmbeddedConsumerTests(EmbeddedCluster cluster) : ConsumerContract(cluster), IClassFixture<EmbeddedCluster>;

public sealed class EmbeddedGroupTests(EmbeddedCluster cluster) : GroupContract(cluster), IClassFixture<EmbeddedCluster>;

public sealed class EmbeddedProducerTests(EmbeddedCluster cluster) : ProducerContract(cluster), IClassFixture<EmbeddedCluster>;
