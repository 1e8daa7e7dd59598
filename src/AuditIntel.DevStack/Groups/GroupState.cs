namespace AuditIntel.DevStack.Groups;

/// <summary>States of a group, named as DescribeGroups names them.</summary>
internal enum GroupState
{
    Empty,
    PreparingRebalance,
    CompletingRebalance,
    Stable,
    Dead,
}
