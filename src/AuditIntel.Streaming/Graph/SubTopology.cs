using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Graph;

/// <summary>A part of the topology that hangs together by streams or stores: what one task runs.</summary>
internal sealed record SubTopology(int Number, IReadOnlyList<SourceDefinition> Sources, IReadOnlyList<NodeDefinition> Nodes, IReadOnlyList<StoreDefinition> Stores);
