namespace AuditIntel.Collectors.Tests.Chain.Files;

/// <summary>Tests that measure this process, one after the other and beside no others.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
