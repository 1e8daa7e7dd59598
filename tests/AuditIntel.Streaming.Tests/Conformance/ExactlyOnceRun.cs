namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>All cases on a broker, exactly once.</summary>
public sealed class ExactlyOnceRun() : BrokerConformanceRun(ProcessingGuarantee.ExactlyOnce);
