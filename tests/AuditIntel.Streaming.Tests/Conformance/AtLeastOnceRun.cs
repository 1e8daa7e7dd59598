namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>All cases on a broker, at least once.</summary>
public sealed class AtLeastOnceRun() : BrokerConformanceRun(ProcessingGuarantee.AtLeastOnce);
