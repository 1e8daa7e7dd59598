namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>A sketch with the weight of every term at one moment.</summary>
internal sealed class WeightedSketch
{
    public const int Views = 8;

    private readonly WeightedTerms[] _views = new WeightedTerms[Views];

    public WeightedSketch(FindingSketch sketch, ContestStatistics contest)
    {
        Sketch = sketch;
        MadeAt = contest.Findings;
        for (int view = 0; view < Views; view++)
        {
            _views[view] = new WeightedTerms(TermsOf(sketch, (TermView)view), contest);
        }
    }

    public FindingSketch Sketch { get; }

    /// <value>Findings of the contest when the weights were made.</value>
    public int MadeAt { get; }

    public WeightedTerms this[TermView view] => _views[(int)view];

    public static TermCounts TermsOf(FindingSketch sketch, TermView view) => view switch
    {
        TermView.Title => sketch.Title,
        TermView.Words => sketch.Words,
        TermView.Head => sketch.Head,
        TermView.Impact => sketch.Impact,
        TermView.Recommendation => sketch.Recommendation,
        TermView.Named => sketch.Named,
        TermView.Coded => sketch.Coded,
        TermView.Phrases => sketch.Phrases,
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, "No such list."),
    };

    /// <summary>Cosine of one list of this sketch and one of the other.</summary>
    public double Cosine(TermView view, WeightedSketch other, TermView otherView) => this[view].Cosine(other[otherView]);

    /// <summary>The same from what the lists share.</summary>
    public double Cosine(TermView view, WeightedSketch other, TermView otherView, SharedWeight shared) => this[view].Cosine(other[otherView], shared);

    /// <summary>What two lists share, in one pass.</summary>
    public SharedWeight Shared(TermView view, WeightedSketch other, TermView otherView) => this[view].Shared(other[otherView]);

    /// <summary>Share of one list's weight that the other list has too.</summary>
    public double Contained(TermView view, WeightedSketch other, TermView otherView) => Contained(view, Shared(view, other, otherView).Sum);

    /// <summary>The same from the weight that is shared.</summary>
    public double Contained(TermView view, double shared) => this[view].Total is var total and > 0 ? shared / total : 0;
}
