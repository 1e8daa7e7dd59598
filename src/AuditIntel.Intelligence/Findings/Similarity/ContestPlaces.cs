using AuditIntel.Intelligence.Findings.Classification;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// Places of a contest's findings in a latent space. All of a contest is about the same contracts, so places are seen from the contest's mean: what is left
/// is what a finding is about. The newest are compared with each new one, which finds those that tell the same in other words.
/// </summary>
internal sealed class ContestPlaces(LatentSpace latent)
{
    /// <summary>Findings that a new one is compared with at most.</summary>
    private const int MostCompared = 1_024;

    /// <summary>Findings for which the middle of everything stands in the mean.</summary>
    private const int Prior = 4;

    private readonly Dictionary<int, FindingPlace> _places = [];
    private readonly List<int> _order = [];
    private readonly float[][] _sums = [new float[latent.Dimensions], new float[latent.Dimensions], new float[latent.Dimensions]];
    private readonly float[][] _means = [new float[latent.Dimensions], new float[latent.Dimensions], new float[latent.Dimensions]];
    private readonly List<(float Cosine, int Finding)> _near = [];

    /// <summary>Takes in a new finding of the contest.</summary>
    public FindingPlace Add(int finding, FindingSketch sketch)
    {
        FindingPlace place = Of(finding, sketch);
        _order.Add(finding);
        Count(place.Words, 0);
        Count(place.Head, 1);
        Count(place.Title, 2);
        return place;
    }

    public FindingPlace Of(int finding, FindingSketch sketch)
    {
        if (!_places.TryGetValue(finding, out FindingPlace? place))
        {
            place = new FindingPlace(latent.Place(sketch.Words), latent.Place(sketch.Head), latent.Place(sketch.Title));
            _places.Add(finding, place);
        }

        return place;
    }

    /// <summary>The nearest of the newest findings before the last that was added, nearest first.</summary>
    public int Nearest(Span<int> found)
    {
        _near.Clear();
        FindingPlace place = _places[_order[^1]];
        for (int i = Math.Max(0, _order.Count - 1 - MostCompared); i < _order.Count - 1; i++)
        {
            _near.Add((Words(place, _places[_order[i]]), _order[i]));
        }

        _near.Sort(static (a, b) => a.Cosine != b.Cosine ? b.Cosine.CompareTo(a.Cosine) : b.Finding.CompareTo(a.Finding));
        int count = Math.Min(found.Length, _near.Count);
        for (int i = 0; i < count; i++)
        {
            found[i] = _near[i].Finding;
        }

        return count;
    }

    public float Words(FindingPlace a, FindingPlace b) => Cosine(a.Words, b.Words, _means[0]);

    public float Head(FindingPlace a, FindingPlace b) => Cosine(a.Head, b.Head, _means[1]);

    public float Title(FindingPlace a, FindingPlace b) => Cosine(a.Title, b.Title, _means[2]);

    private static float Cosine(float[] a, float[] b, float[] mean)
    {
        float middle = LatentSpace.Dot(mean, mean);
        float am = LatentSpace.Dot(a, mean);
        float bm = LatentSpace.Dot(b, mean);
        float norms = (LatentSpace.Dot(a, a) - (2 * am) + middle) * (LatentSpace.Dot(b, b) - (2 * bm) + middle);
        return norms > 1e-12f ? (LatentSpace.Dot(a, b) - am - bm + middle) / MathF.Sqrt(norms) : 0;
    }

    private void Count(float[] place, int view)
    {
        for (int i = 0; i < place.Length; i++)
        {
            _sums[view][i] += place[i];
            _means[view][i] = _sums[view][i] / (_order.Count + Prior);
        }
    }
}
