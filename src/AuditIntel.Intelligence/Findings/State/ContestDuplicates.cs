using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.State;

/// <summary>
/// The duplicates of one contest as a function of a model and of the memos in the order in which they are given: the same model and memos, the same
/// verdicts, on any machine and after any restart. What is common between texts comes from the model, which all contests share, and from the contest
/// itself; other contests play no part. Single owner, not for concurrent use.
/// </summary>
public sealed class ContestDuplicates(FindingsModel model)
{
    private static readonly RuleClassifier Rules = new();

    private readonly DuplicateDetector _detector = new(model.Duplicates, model.History, Rules, acrossContests: false);
    private uint _contest;

    /// <value>Memos taken in.</value>
    public int Count => _detector.Count;

    /// <summary>Takes in a memo of this contest and says which of those before are the same issue.</summary>
    public DuplicateVerdict Observe(FindingMemo memo)
    {
        FindingSketch sketch = memo.Sketch;
        _contest = sketch.Contest;
        return _detector.Observe(sketch);
    }

    /// <summary>Puts together what was doubtful when it came and what all memos speak for now; more may come afterwards.</summary>
    public IReadOnlyList<DuplicateMerge> Settle() => _detector.Settle(_contest);
}
