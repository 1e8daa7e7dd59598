using AuditIntel.Contracts;
using AuditIntel.Topologies.Findings.Similar;

namespace AuditIntel.Topologies.Findings;

/// <summary>One thing to publish: a finding, a duplicate, or a text to hold against those of other contests.</summary>
internal sealed record FindingVerdict(Finding? Finding, FindingDuplicate? Duplicate, SimilarityNotice? Notice)
{
    public static FindingVerdict Of(Finding finding) => new(finding, null, null);

    public static FindingVerdict Of(FindingDuplicate duplicate) => new(null, duplicate, null);

    public static FindingVerdict Of(SimilarityNotice notice) => new(null, null, notice);
}
