namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// Which findings have a key, newest first: chains through one growing array, twelve bytes a posting. A reader follows a chain as far as it likes, so
/// a key that everybody has costs no more than another; keys that share a slot are told apart by the key in the posting.
/// </summary>
internal sealed class PostingChains
{
    private const int FirstSlots = 1 << 12;
    private const double MostLoad = 1.5;

    private int[] _heads = new int[FirstSlots];
    private Posting[] _postings = new Posting[FirstSlots];

    public PostingChains() => Array.Fill(_heads, -1);

    /// <value>Postings.</value>
    public int Count { get; private set; }

    public long Bytes => (_heads.LongLength * 4) + (_postings.LongLength * 12);

    public void Add(uint key, int finding)
    {
        if (Count == _postings.Length)
        {
            Array.Resize(ref _postings, Math.Max(Count + 1, (int)Math.Min(Array.MaxLength, Count * 3L / 2)));
        }

        if (Count > _heads.Length * MostLoad && _heads.Length < 1 << 28)
        {
            GrowHeads();
        }

        ref int head = ref _heads[key & (uint)(_heads.Length - 1)];
        _postings[Count] = new Posting(key, finding, head);
        head = Count++;
    }

    /// <summary>The newest findings with a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="found">Filled from its beginning.</param>
    /// <param name="steps">Postings that may be looked at, those of other keys in the slot included.</param>
    /// <returns>How many were found.</returns>
    public int Newest(uint key, Span<int> found, int steps)
    {
        int count = 0;
        for (int at = _heads[key & (uint)(_heads.Length - 1)]; at >= 0 && steps-- > 0 && count < found.Length; at = _postings[at].Next)
        {
            if (_postings[at].Key == key)
            {
                found[count++] = _postings[at].Finding;
            }
        }

        return count;
    }

    // Oldest first, so that chains stay newest first.
    private void GrowHeads()
    {
        _heads = new int[_heads.Length * 2];
        Array.Fill(_heads, -1);
        for (int i = 0; i < Count; i++)
        {
            ref int head = ref _heads[_postings[i].Key & (uint)(_heads.Length - 1)];
            _postings[i] = _postings[i] with { Next = head };
            head = i;
        }
    }

    private readonly record struct Posting(uint Key, int Finding, int Next);
}
