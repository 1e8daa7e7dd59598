using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Taxonomy;

/// <summary>
/// Gives a finding its type by the rules of the taxonomy: every term counts its weight, three times in the title, and once more a half where the
/// text keeps using it. Deterministic; safe for concurrent use.
/// </summary>
public sealed class RuleClassifier
{
    private const double TitleFactor = 3;
    private const double Insistence = 0.5;
    private const int InsistentHits = 3;

    /// <summary>A type needs this much evidence: one sure term in the text, or a fair one in the title.</summary>
    private const double LeastScore = 5;

    /// <summary>Evidence at which half of the confidence that the share gives is kept.</summary>
    private const double HalfTrust = 5;

    /// <summary>What the platform calls a gas finding is one, whatever else it mentions.</summary>
    private const double SeverityPrior = 25;

    private readonly TaxonomyTable _taxonomy;
    private readonly (int Type, EvidenceTerm Term)[] _terms;
    private readonly TermMatcher _matcher;
    private readonly int _gas;

    public RuleClassifier(TaxonomyTable? taxonomy = null)
    {
        _taxonomy = taxonomy ?? TaxonomyTable.Default;
        _terms = [.. _taxonomy.Types.SelectMany((type, index) => type.Evidence.Select(term => (index, term)))];
        _matcher = new TermMatcher([.. _terms.Select(term => term.Term.Text)]);
        _gas = _taxonomy.Types.ToList().FindIndex(type => type.Id == "gas-optimization");
    }

    /// <param name="title">The finding's title.</param>
    /// <param name="body">Its text, code included.</param>
    /// <param name="severity">On the common scale.</param>
    public TypeVerdict Classify(string title, string body, Severity severity)
    {
        RuleEvidence found = Evidence(title, body, severity);
        double[] scores = found.Scores;
        int best = 0;
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            sum += scores[i];
            best = scores[i] > scores[best] ? i : best;
        }

        if (scores[best] < LeastScore)
        {
            return new TypeVerdict(null, 0, []);
        }

        double confidence = scores[best] / sum * (scores[best] / (scores[best] + HalfTrust));
        return new TypeVerdict(_taxonomy.Types[best], Math.Round(confidence, 4), TermsOf(best, found));
    }

    /// <summary>Terms that speak for a type, strongest first; none for an unknown type.</summary>
    internal IReadOnlyList<string> EvidenceFor(string typeId, RuleEvidence found) => TermsOf(_taxonomy.Types.ToList().FindIndex(type => type.Id == typeId), found);

    /// <summary>Evidence for each type, in the order of the taxonomy.</summary>
    internal double[] Scores(string title, string body, Severity severity) => Evidence(title, body, severity).Scores;

    /// <summary>What a text says of all types.</summary>
    internal RuleEvidence Evidence(string title, string body, Severity severity)
    {
        int[] inTitle = new int[_terms.Length];
        int[] inBody = new int[_terms.Length];
        _matcher.Find(title.ToLowerInvariant(), term => inTitle[term]++);
        _matcher.Find(body.ToLowerInvariant(), term => inBody[term]++);

        double[] scores = new double[_taxonomy.Types.Count];
        double[] contributions = new double[_terms.Length];
        for (int i = 0; i < _terms.Length; i++)
        {
            contributions[i] = Contribution(i, inTitle, inBody);
            scores[_terms[i].Type] += contributions[i];
        }

        if (severity == Severity.Gas && _gas >= 0)
        {
            scores[_gas] += SeverityPrior;
        }

        return new RuleEvidence(scores, contributions);
    }

    private string[] TermsOf(int type, RuleEvidence found) =>
    [
        .. Enumerable.Range(0, _terms.Length)
            .Where(i => _terms[i].Type == type && found.Contributions[i] > 0)
            .OrderByDescending(i => found.Contributions[i])
            .Select(i => _terms[i].Term.Text),
    ];

    private double Contribution(int term, int[] inTitle, int[] inBody) => _terms[term].Term.Weight
        * ((inTitle[term] > 0 ? TitleFactor : 0) + (inBody[term] > 0 ? 1 : 0) + (inBody[term] >= InsistentHits ? Insistence : 0));
}
