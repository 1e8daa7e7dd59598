using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Security;
using AuditIntel.DevStack.Transactions;

namespace AuditIntel.DevStack.Broker;

/// <summary>Everything a request handler may need.</summary>
internal sealed class BrokerState
{
    public const int NodeId = 1;

    public required EmbeddedBrokerOptions Options { get; init; }

    public required TimeProvider Clock { get; init; }

    public required TopicCatalog Catalog { get; init; }

    public required GroupCoordinator Groups { get; init; }

    public required ProducerIdSource ProducerIds { get; init; }

    public required TransactionCoordinator Transactions { get; init; }

    public required SaslUsers Users { get; init; }

    public FetchSessions FetchSessions { get; } = new();

    public required string AdvertisedHost { get; init; }

    public required int AdvertisedPort { get; init; }
}
