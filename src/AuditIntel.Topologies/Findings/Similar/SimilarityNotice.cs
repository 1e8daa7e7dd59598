using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.State;

namespace AuditIntel.Topologies.Findings.Similar;

/// <summary>A finding's text on its way to the texts of other contests that it may resemble.</summary>
/// <param name="Subject">Who it is.</param>
/// <param name="Signature">Its text.</param>
/// <param name="IsGone">Whether the finding does not have this text any more.</param>
internal sealed record SimilarityNotice(FindingDuplicate Subject, SimilaritySignature Signature, bool IsGone)
{
    /// <summary>Keys under which notices of texts that resemble each other meet, one a band.</summary>
    public IEnumerable<(string Key, SimilarityNotice Notice)> ByBand()
    {
        for (int band = 0; band < SimilaritySignature.Bands; band++)
        {
            yield return (string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{band:x2}{Signature.BandKeys[band]:x8}"), this);
        }
    }
}
